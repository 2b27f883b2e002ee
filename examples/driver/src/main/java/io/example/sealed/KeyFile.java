package io.example.sealed;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The operator's key. It is read when it is needed, and is never in a configuration, a target or a message. */
final class KeyFile {
    private static final int LENGTH = 32;
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyFile() {}

    /** {@return the key in this file} */
    static SecretKey load(String name) throws StorageException {
        if (name.isBlank()) {
            throw failure("key.file is not set; set it in the configuration " + SealedStrategy.PID);
        }
        // Not by Files.readAllBytes: an interrupt of the calling thread would fail it.
        try (InputStream in = new FileInputStream(checked(name))) {
            byte[] bytes = in.readNBytes(LENGTH + 1);
            if (bytes.length != LENGTH) {
                throw failure(name, "must hold " + LENGTH + " bytes; make one by head -c 32 /dev/urandom");
            }
            SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
            Arrays.fill(bytes, (byte) 0);
            return key;
        } catch (StorageException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw failure(name, "does not exist");
        } catch (IOException e) {
            throw failure(name, "cannot be read: " + e.getMessage());
        }
    }

    private static File checked(String name) throws IOException {
        Path path = Path.of(name);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNERS.containsAll(permissions)) {
            throw failure(
                    name,
                    "may be read or written by others (" + PosixFilePermissions.toString(permissions)
                            + "); chmod 600 it, and change the key if others had it");
        }
        return path.toFile();
    }

    private static StorageException failure(String name, String why) {
        return failure("key.file=" + name + " " + why);
    }

    private static StorageException failure(String detail) {
        return StorageException.of(Kind.ACCESS_DENIED, "key", detail).build();
    }
}
