package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An examination says what will be, and changes nothing. */
interface ExaminationContract extends Contract {
    /** What examine says is what the channel then is. */
    @Test
    default void anExaminationSaysWhatTheChannelIs() throws Exception {
        Target target = trial().target(10_000);
        Examination found = trial().strategy().examine(target);
        assertTrue(found.isSuitable(), () -> found.notes().toString());
        assertFalse(found.identity().isEmpty());
        assertEquals(Access.READ_WRITE, found.access());
        assertEquals(found.identity(), trial().strategy().examine(target).identity());
        PositionalChannel channel = trial().openOnly(target, Access.READ_WRITE);
        assertEquals(found.geometry().toString(), channel.geometry().toString());
        channel.identity().ifPresent(identity -> assertEquals(found.identity(), identity));
        assertFalse(channel.mode().name().isBlank());
    }

    /** Examining neither changes the target nor keeps anything of it. */
    @Test
    default void anExaminationChangesAndHoldsNothing() throws Exception {
        Target target = trial().target(10_000);
        PositionalChannel channel = trial().open(target);
        int size = Math.toIntExact(channel.size());
        channel.write(Content.buffer(0, size, 1), 0, NONE);
        channel.flush();
        trial().strategy().examine(target);
        int before = OpenFiles.areVisible() ? OpenFiles.count() : 0;
        for (int i = 0; i < 20; i++) {
            trial().strategy().examine(target);
        }
        int after = OpenFiles.areVisible() ? OpenFiles.count() : 0;
        assertTrue(after < before + 10, "20 examinations left " + (after - before) + " descriptors open");
        Content.assertSame(Content.bytes(0, size, 1), Trial.contentOf(channel), "after examinations");
    }

    /** A missing file stays missing. */
    @Test
    default void aMissingFileIsNotFound() throws Exception {
        Path missing = sibling("missing");
        Target target = Target.of(missing);
        StorageException e =
                assertThrows(StorageException.class, () -> trial().strategy().examine(target));
        assertEquals(Kind.NOT_FOUND, e.kind());
        e = assertThrows(
                StorageException.class, () -> trial().strategy().open(target, OpenOptions.of(Access.READ_WRITE)));
        assertEquals(Kind.NOT_FOUND, e.kind());
        assertFalse(Files.exists(missing));
    }

    /** A directory can't be served, and the reason is told. */
    @Test
    default void aDirectoryIsRefusedWithAReason() throws Exception {
        Target target = Target.of(sibling("directory").getParent());
        try {
            Examination found = trial().strategy().examine(target);
            assertFalse(found.isSuitable());
            assertFalse(found.notes().isEmpty(), "no reason");
        } catch (StorageException e) {
            assertEquals(Kind.WRONG_TYPE, e.kind());
        }
        assertThrows(StorageException.class, () -> trial().strategy().open(target, OpenOptions.of(Access.READ_WRITE)));
    }

    private Path sibling(String name) throws Exception {
        Target target = trial().unclaimed(1);
        assumeTrue(target.scheme().equals(Target.PATH), "the strategy's targets are not in directories");
        return Path.of(target.rest()).resolveSibling(name);
    }
}
