package io.pinion.archive;

import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.tape.image.TapeImageStrategy;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tapes in a directory, each in a drive of its name, and their files as any program sees them. */
final class Drawer implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int WORD = Integer.BYTES;

    final Drives drives = new Drives();
    private final Pinion pinion = Pinion.start();
    private final Path directory;

    Drawer(Path directory) {
        this.directory = directory;
        LibC calls = new LibC();
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add("tape-image", new TapeImageStrategy(calls), Shape.TAPE, List.of("tape-image"), 0);
        drives.bindAdmin(pinion.admin());
    }

    /** @param settings of the image: {@code ?capacity=1MiB} */
    TapeDrive open(String name, String settings) throws StorageException {
        pinion.configureTape(name, Map.of("target", "tape-image:" + file(name) + settings));
        TapeDrive drive = pinion.tape(name, WAIT);
        drives.bindDrive(drive);
        return drive;
    }

    Path file(String name) {
        return directory.resolve(name + ".tap");
    }

    /** {@return the bytes of the files on the tape, one after the other up to its mark} What follows the last mark is one, too. */
    List<byte[]> files(String name) throws IOException {
        ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(file(name))).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> files = new ArrayList<>();
        ByteArrayOutputStream current = new ByteArrayOutputStream();
        while (image.remaining() >= WORD) {
            int length = image.getInt();
            if (length == -1) {
                break;
            }
            if (length == 0) {
                files.add(current.toByteArray());
                current.reset();
            } else {
                byte[] record = new byte[length];
                image.get(record);
                image.position(image.position() + length % 2 + WORD);
                current.writeBytes(record);
            }
        }
        if (current.size() > 0) {
            files.add(current.toByteArray());
        }
        return files;
    }

    /** Puts a tape in the directory that holds these bytes in records of a size, and a mark. */
    void make(String name, byte[] bytes, int recordSize) throws IOException {
        ByteBuffer image = ByteBuffer.allocate(2 * bytes.length + 64 * WORD).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes.length; at += recordSize) {
            int length = Math.min(recordSize, bytes.length - at);
            image.putInt(length).put(bytes, at, length);
            if (length % 2 == 1) {
                image.put((byte) 0);
            }
            image.putInt(length);
        }
        image.putInt(0).flip();
        byte[] made = new byte[image.remaining()];
        image.get(made);
        Files.write(file(name), made);
    }

    @Override
    public void close() {
        pinion.close();
    }
}
