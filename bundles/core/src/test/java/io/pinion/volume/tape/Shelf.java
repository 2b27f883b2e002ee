package io.pinion.volume.tape;

import io.pinion.volume.TapeDrive;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Puts one tape after the other into a drive, whatever is asked for, and remembers what was. */
final class Shelf implements NextTape {
    final List<TapeRequest> requests = new ArrayList<>();
    private final MemoryDrive drive;
    private final Iterator<MemoryTape> tapes;

    Shelf(MemoryDrive drive, List<MemoryTape> tapes) {
        this.drive = drive;
        this.tapes = tapes.iterator();
    }

    @Override
    public Optional<TapeDrive> next(TapeRequest request) {
        requests.add(request);
        return tapes.hasNext() ? Optional.of(drive.insert(tapes.next())) : Optional.empty();
    }
}
