package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinnedPage;
import io.pinion.strategy.Access;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pinner that is absent, arrives, leaves, is exchanged, refuses, breaks. */
class PinningTest {
    private static final int MEMORY = 2 * (64 << 10);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private static final class CountingPinner implements PagePinner {
        private long pinned;
        private String purpose = "";
        private RuntimeException broken;
        private boolean full;

        @Override
        public Pin pin(ByteBuffer region, Access access, String told) throws StorageException {
            purpose = told;
            return pin(region, access);
        }

        @Override
        public Pin pin(ByteBuffer region, Access access) throws StorageException {
            if (broken != null) {
                throw broken;
            }
            if (full) {
                throw StorageException.of(Kind.MEMORY_LIMIT, "pin", "limit=1 MiB")
                        .build();
            }
            assertTrue(region.isDirect());
            assertEquals(Access.WRITE, access);
            int length = region.remaining();
            pinned += length;
            return new Pin() {
                @Override
                public ByteBuffer region() {
                    return region;
                }

                @Override
                public List<PinnedPage> pages() {
                    return List.of();
                }

                @Override
                public void close() {
                    pinned -= length;
                }
            };
        }

        @Override
        public long pinnedBytes() {
            return pinned;
        }

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }

    private final CountingPinner pinner = new CountingPinner();

    @Test
    void pinsWhatIsOpenWhenItArrives() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 8192)) {
            assertNote(file.channel, "not pinned, there is no PagePinner service");
            file.strategy.bindPinner(pinner);
            assertEquals(MEMORY, pinner.pinned);
            assertEquals(MEMORY, file.meter.pinnedBytes());
            assertTrue(pinner.purpose.startsWith("bounce memory of /"), pinner.purpose);
            assertNote(file.channel, "pinned");
            file.strategy.bindPinner(new CountingPinner());
            assertEquals(MEMORY, file.meter.pinnedBytes());
        }
        assertEquals(0, pinner.pinned);
    }

    @Test
    void keepsItsPinsWhenItLeaves() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 8192)) {
            file.strategy.bindPinner(pinner);
            file.strategy.unbindPinner(pinner);
            assertEquals(MEMORY, pinner.pinned);
            file.write(new byte[] {1}, 1);
            PositionalChannel later = open(file);
            assertNote(later, "not pinned, there is no PagePinner service");
            later.close();
        }
        assertEquals(0, pinner.pinned);
    }

    @Test
    void aBetterOneReplacesItForWhatIsOpenedLater() throws Exception {
        CountingPinner better = new CountingPinner();
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 8192)) {
            file.strategy.bindPinner(pinner);
            file.strategy.bindPinner(better);
            file.strategy.unbindPinner(pinner);
            PositionalChannel later = open(file);
            assertEquals(MEMORY, better.pinned);
            later.close();
            assertEquals(0, better.pinned);
            assertEquals(MEMORY, pinner.pinned);
        }
        assertEquals(0, pinner.pinned);
    }

    @Test
    void goesOnWithoutWhenItRefusesOrBreaks() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 8192)) {
            pinner.full = true;
            file.strategy.bindPinner(pinner);
            assertNote(file.channel, "not pinned, limit=1 MiB");
            pinner.broken = new IllegalStateException("broken");
            file.strategy.bindPinner(pinner);
            assertNote(file.channel, "not pinned, broken");
            file.write(new byte[] {1}, 1);
            assertEquals(1, file.seen()[1]);
            assertEquals(0, file.meter.pinnedBytes());
        }
    }

    @Test
    void aClosedChannelIsNotPinned() throws Exception {
        DirectFile file = new DirectFile(directory, Settings.SMALL, 8192);
        file.close();
        file.strategy.bindPinner(pinner);
        assertEquals(0, pinner.pinned);
    }

    @Test
    void settingsHoldForWhatIsOpenedLaterAndBadOnesAreNotTaken() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, 8192)) {
            file.strategy.bindPinner(pinner);
            file.strategy.modified(Settings.DEFAULT);
            file.strategy.modified(Map.of("bounce.size.kib", 63, "huge.pages", false));
            PositionalChannel later = open(file);
            assertEquals(MEMORY + (4 * 512 << 10), pinner.pinned);
            assertFalse(note(later).contains("as configured"), note(later));
            later.close();
        }
    }

    private static PositionalChannel open(DirectFile file) throws StorageException {
        return (PositionalChannel) file.strategy.open(
                Target.of(file.path), OpenOptions.of(Access.READ_WRITE).withMeter(new TransferMeter()));
    }

    private static String note(PositionalChannel channel) {
        List<String> notes = channel.mode().notes();
        return notes.get(notes.size() - 1);
    }

    private static void assertNote(PositionalChannel channel, String end) {
        assertTrue(note(channel).endsWith(", " + end), note(channel));
    }
}
