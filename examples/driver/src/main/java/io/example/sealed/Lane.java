package io.example.sealed;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * One of several ways to the blocks of a file, with a descriptor, a cipher and memory of its own. Any thread may call it;
 * it does one thing at a time, so that nobody sees half a block. A block lies in one page of the file: nonce, encrypted
 * content and how much of it counts, tag. A page of zeroes is a block that was never written.
 *
 * <p>{@link RandomAccessFile} is deaf to interrupts; a FileChannel would be closed by one, for all threads.
 */
final class Lane implements AutoCloseable {
    private static final int NONCE = 12;
    private static final int TAG = 16;

    static final int PAGE = 4096;
    static final int BLOCK = PAGE - NONCE - Integer.BYTES - TAG;

    private static final byte[] ZEROES = new byte[PAGE];

    private final RandomAccessFile file;
    private final SecureRandom random = new SecureRandom();
    private final byte[] page = new byte[PAGE];
    private final byte[] content = new byte[BLOCK + Integer.BYTES];
    private Cipher cipher;
    private SecretKey key;
    private boolean closed;

    Lane(Path path, boolean writable) throws IOException {
        file = new RandomAccessFile(path.toFile(), writable ? "rw" : "r");
    }

    /** Something else that is done by the same descriptor. */
    interface Use<T> {
        T of(RandomAccessFile file) throws IOException;
    }

    /** {@return what came of using the descriptor} */
    synchronized <T> T use(Use<T> use) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return use.of(file);
    }

    synchronized void begin(SecretKey blockKey) {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            key = blockKey;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES/GCM", e);
        }
    }

    /** {@return how many bytes of a block count; of one that was never written all do} */
    synchronized int count(long block) throws IOException {
        load(block);
        return ByteBuffer.wrap(content).getInt(BLOCK);
    }

    /** Copies a part of a block to where the buffer stands. */
    synchronized void read(long block, int from, int length, ByteBuffer target) throws IOException {
        load(block);
        target.put(content, from, length);
    }

    /**
     * Writes a part of a block. The buffer's position moves when that is done.
     *
     * @param before how many bytes of the block counted before; 0 when there was no such block
     * @param after how many count now; what lies behind them becomes zero
     */
    synchronized void write(long block, int from, int length, ByteBuffer source, int before, int after)
            throws IOException {
        if (before > 0 && (from > 0 || length < before)) {
            load(block);
        } else {
            Arrays.fill(content, (byte) 0);
        }
        source.get(source.position(), content, from, length);
        Arrays.fill(content, after, BLOCK, (byte) 0);
        store(block, after);
        source.position(source.position() + length);
    }

    private void load(long block) throws IOException {
        try {
            use(f -> {
                f.seek((1 + block) * PAGE);
                f.readFully(page);
                return f;
            });
        } catch (EOFException e) {
            throw failure(Kind.TARGET_CHANGED, "the file ends before block=" + block + ": somebody else cut it");
        }
        if (Arrays.equals(page, ZEROES)) {
            Arrays.fill(content, (byte) 0);
            ByteBuffer.wrap(content).putInt(BLOCK, BLOCK);
            return;
        }
        try {
            start(Cipher.DECRYPT_MODE, block);
            cipher.doFinal(page, NONCE, PAGE - NONCE, content, 0);
        } catch (AEADBadTagException e) {
            throw failure(
                    Kind.MEDIUM_ERROR,
                    "block=" + block + " (offset=" + block * BLOCK + " length=" + BLOCK + ", page " + (1 + block)
                            + " of the file) is not what was encrypted: it was changed without the key, or torn by a"
                            + " crash; restore it from a copy, or write over all of it");
        } catch (GeneralSecurityException e) {
            throw new IOException("decrypting block=" + block + " failed: " + e, e);
        }
    }

    private void store(long block, int count) throws IOException {
        ByteBuffer.wrap(content).putInt(BLOCK, count);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, page, 0, NONCE);
        try {
            start(Cipher.ENCRYPT_MODE, block);
            cipher.doFinal(content, 0, content.length, page, NONCE);
        } catch (GeneralSecurityException e) {
            throw new IOException("encrypting block=" + block + " failed: " + e, e);
        }
        use(f -> {
            f.seek((1 + block) * PAGE);
            f.write(page);
            return f;
        });
    }

    private static StorageException failure(Kind kind, String detail) {
        return StorageException.of(kind, "block", detail).build();
    }

    /** The block's number is authenticated with it, so that no block passes for another. */
    private void start(int mode, long block) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, page, 0, NONCE));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, block));
    }

    /** Waits for the call that runs. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        Arrays.fill(content, (byte) 0);
        file.close();
    }
}
