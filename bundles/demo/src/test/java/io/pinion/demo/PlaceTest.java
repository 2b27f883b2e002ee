package io.pinion.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.Pinion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
    @TempDir
    Path directory;

    private final Pinion pinion = Pinion.start();
    private Path file;

    @BeforeEach
    void prepare() {
        file = directory.resolve("file");
        pinion.add("one", new FileStrategy(0));
        pinion.add("other", new FileStrategy(0));
        pinion.add("third", ExaminedStrategy.unsuitable("it is no tape"));
        pinion.add("reader", ExaminedStrategy.readOnly());
        pinion.add("stranger", ExaminedStrategy.of("another identity"));
    }

    @AfterEach
    void end() {
        pinion.close();
    }

    @Test
    void a_file_that_is_missing_is_the_demos_own() throws Exception {
        Place place = of(file);
        assertThat(place.own()).contains(file);
        assertThat(place.strategies()).containsExactly("one", "other");
        assertThat(file).doesNotExist();
    }

    @Test
    void what_is_there_stays_and_is_told_of() throws Exception {
        Files.write(file, new byte[5]);
        Place place = of(file);
        assertThat(place.own()).isEmpty();
        assertThat(Files.size(file)).isEqualTo(5);
        assertThat(place.loss(100L << 20, 64L << 20))
                .isEqualTo("what is on " + file + " (100 MiB, ext5; its first 64 MiB are written over)");
        assertThat(place.leavings(64L << 20)).startsWith(file + " is left as it is: its first 64 MiB ");
    }

    @Test
    void what_can_only_be_read_is_no_place() throws Exception {
        Files.write(file, new byte[5]);
        assertThatThrownBy(() ->
                        Place.of(pinion.admin(), Optional.of(new Guard(Access.READ_ONLY)), Target.of(file), List.of()))
                .hasMessageStartingWith(file + " can only be read, and the demo writes: it is a regular file (ext5)");
    }

    @Test
    void no_file_is_made_among_the_devices() {
        assertThatThrownBy(() -> of(Path.of("/dev/../dev/nothing-of-this-name")))
                .hasMessageContaining("there is no /dev/")
                .hasMessageContaining("blocks");
        assertThat(Path.of("/dev/nothing-of-this-name")).doesNotExist();
    }

    @Test
    void a_directory_is_no_place() {
        assertThatThrownBy(() -> of(directory)).hasMessageStartingWith(directory + " is a directory");
    }

    @Test
    void a_link_that_leads_nowhere_is_no_place() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThatThrownBy(() -> of(link)).hasMessageContaining("leads nowhere");
        assertThat(file).doesNotExist();
    }

    @Test
    void what_was_asked_for_must_suit() throws Exception {
        Files.write(file, new byte[5]);
        assertThat(of(file, "other").strategies()).containsExactly("other");
        assertThatThrownBy(() -> of(file, "one", "third"))
                .hasMessageContaining("strategy third can't serve " + file + ": it is no tape");
        assertThatThrownBy(() -> of(file, "nope"))
                .hasMessageContaining("there is no strategy nope")
                .hasMessageContaining("one, other");
    }

    @Test
    void it_takes_two_strategies_to_swap_between() throws Exception {
        Files.write(file, new byte[5]);
        try (Pinion poorer = Pinion.start()) {
            poorer.add("alone", new FileStrategy(0));
            poorer.add("reader", ExaminedStrategy.readOnly());
            poorer.add("stranger", ExaminedStrategy.of("another identity"));
            poorer.add("third", ExaminedStrategy.unsuitable("it is no tape"));
            assertThatThrownBy(() -> Place.of(poorer.admin(), Optional.empty(), Target.of(file), List.of()))
                    .hasMessageContaining("alone alone suits " + file)
                    .hasMessageContaining("reader: it can only be read")
                    .hasMessageContaining("stranger: it takes it for another identity, not for path:")
                    .hasMessageContaining("third: it is no tape")
                    .hasMessageEndingWith("do without swaps by --strategies alone");
        }
        try (Pinion poorest = Pinion.start()) {
            poorest.add("third", ExaminedStrategy.unsuitable("it is no tape"));
            assertThatThrownBy(() -> Place.of(poorest.admin(), Optional.empty(), Target.of(file), List.of()))
                    .hasMessageContaining("none suits")
                    .hasMessageEndingWith("name another target by --target");
        }
    }

    private Place of(Path path, String... strategies) throws Exception {
        return Place.of(
                pinion.admin(), Optional.of(new Guard(Access.READ_WRITE)), Target.of(path), List.of(strategies));
    }

    /** Tells of everything that it is a file on a file system of the future. */
    private record Guard(Access access) implements TargetGuard {
        @Override
        public TargetInspection inspect(Target target) {
            return TargetInspection.of(TargetInspection.Kind.REGULAR_FILE, "", 5, access, "ext5");
        }

        @Override
        public Claim claim(Target target, ClaimRequest request) {
            throw new UnsupportedOperationException();
        }
    }
}
