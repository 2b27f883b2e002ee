package io.example.sealed;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first page of a file: what it is (32 bytes), an identity that it alone has (16), and a proof of the key (32). Each
 * file has a key of its own, made of the operator's and the identity: a block of another file does not pass for one of
 * this, and the number of blocks that one key may encrypt counts for each file.
 */
final class Header {
    private static final byte[] MAGIC =
            Arrays.copyOf((SealedStrategy.SCHEME + " 1").getBytes(StandardCharsets.US_ASCII), 32);
    private static final int IDENTITY = 16;
    private static final int PROOF = 32;

    private Header() {}

    /** Writes one; {@return the key of the file's blocks} */
    static SecretKey create(RandomAccessFile file, SecretKey key) throws IOException {
        byte[] identity = new byte[IDENTITY];
        new SecureRandom().nextBytes(identity);
        byte[] page = Arrays.copyOf(MAGIC, Lane.PAGE);
        System.arraycopy(identity, 0, page, MAGIC.length, IDENTITY);
        System.arraycopy(derive(key, "proof", identity), 0, page, MAGIC.length + IDENTITY, PROOF);
        file.seek(0);
        file.write(page);
        return blockKey(key, identity);
    }

    /** {@return the key of the file's blocks, if the operator's key is the one that it was created with} */
    static SecretKey check(RandomAccessFile file, SecretKey key) throws IOException {
        byte[] page = new byte[Lane.PAGE];
        file.seek(0);
        if (file.length() < page.length) {
            throw failure(
                    Kind.WRONG_TYPE,
                    "it has length=" + file.length() + ", and a header takes " + page.length
                            + "; remove it, and have it created by a volume with size");
        }
        file.readFully(page);
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, page, 0, MAGIC.length)) {
            throw failure(Kind.WRONG_TYPE, "it does not start as a file of scheme " + SealedStrategy.SCHEME + " does");
        }
        byte[] identity = Arrays.copyOfRange(page, MAGIC.length, MAGIC.length + IDENTITY);
        byte[] proof = Arrays.copyOfRange(page, MAGIC.length + IDENTITY, MAGIC.length + IDENTITY + PROOF);
        if (!MessageDigest.isEqual(proof, derive(key, "proof", identity))) {
            throw failure(Kind.ACCESS_DENIED, "the key in key.file is not the one that it was created with");
        }
        return blockKey(key, identity);
    }

    private static StorageException failure(Kind kind, String detail) {
        return StorageException.of(kind, "header", detail).build();
    }

    private static SecretKey blockKey(SecretKey key, byte[] identity) {
        return new SecretKeySpec(derive(key, "blocks", identity), "AES");
    }

    private static byte[] derive(SecretKey key, String purpose, byte[] identity) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
