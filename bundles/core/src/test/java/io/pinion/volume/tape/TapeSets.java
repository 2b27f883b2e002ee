package io.pinion.volume.tape;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Sets of tapes to write and to read, and the shelf that they are taken from. */
final class TapeSets {
    static final UUID SET = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    /** Of the stream that was opened last. */
    Shelf shelf;

    /** One that warns once it has so many hundreds of bytes, with room for trailer and marks. */
    static MemoryTape tapeFor(int bytes) {
        int around = TapeLabel.LENGTH + MemoryTape.MARK_COST;
        int room = 50;
        return new MemoryTape(around + bytes + around + MemoryTape.MARK_COST, around + MemoryTape.MARK_COST + room);
    }

    static List<MemoryTape> tapes(int count, int bytes) {
        List<MemoryTape> tapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tapes.add(tapeFor(bytes));
        }
        return tapes;
    }

    TapeOutputStream write(List<MemoryTape> tapes, UUID set) throws IOException {
        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        shelf = new Shelf(drive, tapes.subList(1, tapes.size()));
        return TapeOutputStream.to(drive)
                .recordSize(100)
                .set(set)
                .setName("Weekly")
                .next(shelf)
                .open();
    }

    TapeInputStream read(List<MemoryTape> tapes) throws IOException {
        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        shelf = new Shelf(drive, tapes.subList(1, tapes.size()));
        return TapeInputStream.from(drive).recordSize(64).next(shelf).open();
    }

    byte[] writeThree(List<MemoryTape> tapes, UUID set) throws IOException {
        byte[] content = Bytes.random(7, 1250);
        try (TapeOutputStream out = write(tapes, set)) {
            out.write(content);
        }
        return content;
    }
}
