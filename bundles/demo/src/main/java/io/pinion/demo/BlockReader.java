package io.pinion.demo;

import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads blocks back from the volume and checks them. For one thread. */
final class BlockReader {
    private final Source source;
    private final Volume volume;
    private final Tally tally;
    private final Map<Placement, Frame> frames = new EnumMap<>(Placement.class);

    BlockReader(Source source, Volume volume, Tally tally) {
        this.source = source;
        this.volume = volume;
        this.tally = tally;
        for (Placement placement : Placement.values()) {
            frames.put(placement, new Frame(placement));
        }
    }

    /** {@return the memory for a block's frame, which the next {@link #read} of such a block uses too} */
    Frame frame(int block) {
        return frames.get(Placement.of(block));
    }

    /** {@return the block's bytes as they are in the file, until the next call; empty when that is not what was found} */
    Optional<ByteBuffer> read(int writer, int block, long version) throws IOException {
        Placement placement = Placement.of(block);
        int length = source.length(block);
        Frame frame = frame(block);
        int count = volume.read(frame.ready(length), placement.position(block));
        tally.read(Math.max(count, 0));
        String problem = count == placement.span(length)
                ? frame.check(writer, block, version, length)
                : "block=" + block + ": read " + count + " of " + placement.span(length) + " bytes";
        if (!problem.isEmpty()) {
            tally.mismatch(problem);
            return Optional.empty();
        }
        return Optional.of(frame.payload(length));
    }
}
