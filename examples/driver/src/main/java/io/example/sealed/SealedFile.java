package io.example.sealed;

import java.io.IOException;
import java.nio.file.Path;
import javax.crypto.SecretKey;

/** An open file of encrypted blocks behind a header. Who calls it sees to it that nobody cuts blocks that others use. */
final class SealedFile implements AutoCloseable {
    static final int LANES = 8;

    /** The last two are for the file as a whole, and for flushes, which take long. */
    private final Lane[] lanes = new Lane[LANES + 2];

    SealedFile(Path path, boolean writable) throws IOException {
        try {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = new Lane(path, writable);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Writes a header to a file that is empty. */
    void format(SecretKey key) throws IOException {
        whole().use(file -> file.length() == 0 ? Header.create(file, key) : key);
    }

    /** {@return the length of the content, which the last block tells} */
    long begin(SecretKey key) throws IOException {
        SecretKey blockKey = whole().use(file -> Header.check(file, key));
        for (Lane lane : lanes) {
            lane.begin(blockKey);
        }
        // A crash may leave a part of a page at the end: it is as if it had not been written.
        long blocks = whole().use(file -> file.length() / Lane.PAGE - 1);
        return blocks == 0 ? 0 : (blocks - 1) * Lane.BLOCK + lane(blocks - 1).count(blocks - 1);
    }

    /** {@return the way to a block, the same one each time} */
    Lane lane(long block) {
        return lanes[(int) (block % LANES)];
    }

    /** Cuts what lies behind so many blocks. */
    void cut(long blocks) throws IOException {
        whole().use(file -> {
            if (file.length() > (1 + blocks) * Lane.PAGE) {
                file.setLength((1 + blocks) * Lane.PAGE);
            }
            return file;
        });
    }

    void flush() throws IOException {
        lanes[LANES + 1].use(file -> {
            file.getFD().sync();
            return file;
        });
    }

    private Lane whole() {
        return lanes[LANES];
    }

    @Override
    public void close() {
        for (Lane lane : lanes) {
            try {
                if (lane != null) {
                    lane.close();
                }
            } catch (IOException e) {
                // What close(2) reports of a file is a failed write-back, and that is what flush is for.
            }
        }
    }
}
