package io.pinion.tape.image;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** An image in a channel, as a test uses it: records are arrays, and what comes next is told in a word. */
final class ImageDrive implements AutoCloseable {
    private static final LibC CALLS = new LibC();

    final TransferMeter meter = new TransferMeter();
    final TapeResult result = new TapeResult();
    final TapeChannel channel;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    private ImageDrive(SystemCalls calls, String rest, Access access, Handover handover) throws StorageException {
        Target target = Target.parse("tape-image:" + rest);
        channel = (TapeChannel)
                new TapeImageStrategy(calls).open(target, OpenOptions.of(access).withMeter(meter));
        boolean begun = false;
        try {
            channel.begin(handover);
            begun = true;
        } finally {
            if (!begun) {
                channel.close();
            }
        }
    }

    /** Opens an image, with settings behind it if wanted. */
    static ImageDrive open(Object rest) throws StorageException {
        return new ImageDrive(CALLS, rest.toString(), Access.READ_WRITE, Handover.first());
    }

    static ImageDrive open(Path image, SystemCalls calls) throws StorageException {
        return new ImageDrive(calls, image.toString(), Access.READ_WRITE, Handover.first());
    }

    static ImageDrive readOnly(Path image) throws StorageException {
        return new ImageDrive(CALLS, image.toString(), Access.READ_ONLY, Handover.first());
    }

    static ImageDrive after(Path image, Handover handover) throws StorageException {
        return new ImageDrive(CALLS, image.toString(), Access.READ_WRITE, handover);
    }

    /** {@return a blank tape} */
    static ImageDrive blank(Path directory) throws Exception {
        return open(Files.createFile(directory.resolve("blank.tap")));
    }

    /** {@return what the next read comes to: the record's content in hexadecimal, or a word} */
    String next() throws StorageException {
        buffer.clear();
        result.clear();
        try {
            channel.read(buffer, result);
        } catch (StorageException e) {
            return e.kind().toString();
        }
        return result.outcome() == Outcome.DONE
                ? hex(buffer.flip())
                : result.outcome().toString();
    }

    /** {@return what {@link #next} says of a record} */
    static String hex(byte[] content) {
        return hex(ByteBuffer.wrap(content));
    }

    private static String hex(ByteBuffer content) {
        StringBuilder text = new StringBuilder(2 * content.remaining());
        while (content.hasRemaining()) {
            text.append(String.format("%02x", content.get()));
        }
        return text.toString();
    }

    ImageDrive write(byte[] content) throws StorageException {
        result.clear();
        channel.write(ByteBuffer.allocateDirect(content.length).put(content).flip(), result);
        return this;
    }

    ImageDrive marks(int count) throws StorageException {
        result.clear();
        channel.writeFileMarks(count, result);
        return this;
    }

    ImageDrive rewind() throws StorageException {
        result.clear();
        channel.rewind(result);
        return this;
    }

    ImageDrive toEnd() throws StorageException {
        result.clear();
        channel.spaceToEndOfData(result);
        return this;
    }

    long at() throws StorageException {
        return channel.position().blockAddress();
    }

    /** Flushes, as core does before it closes a channel that it did not abandon. */
    ImageDrive flush() throws StorageException {
        channel.flush();
        return this;
    }

    @Override
    public void close() {
        channel.close();
    }
}
