package io.pinion.linux.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();

    @Test
    void theKernelTakesNoNoteOfReadsWhereThatIsTheWish() throws Exception {
        assertEquals(Linux.O_NOATIME, noAtime(Linux.O_NOATIME));
        assertEquals(0, noAtime(0));
    }

    /** open(2): EPERM for whoever is not the owner, and may not act as if. */
    @Test
    void aWishThatOnlyTheOwnerMayHaveIsGivenUp() throws Exception {
        script.fail("open", Integer.MAX_VALUE, arguments -> ((int) arguments[1] & Linux.O_NOATIME) != 0, Errno.EPERM);
        assertEquals(0, noAtime(Linux.O_NOATIME));
    }

    /** {@return O_NOATIME if all descriptors have it, 0 if none has} */
    private int noAtime(int wish) throws Exception {
        OpenFile file = open(wish);
        OpenFile durable = file.durable();
        int has = flags(file.direct()) & Linux.O_NOATIME;
        assertEquals(has, flags(file.cached()) & Linux.O_NOATIME);
        assertEquals(has, flags(durable.direct()) & Linux.O_NOATIME);
        assertEquals(has, file.flags() & Linux.O_NOATIME, "so a queue's are opened");
        durable.close();
        file.close();
        return has;
    }

    private OpenFile open(int wish) throws IOException {
        Path path = Files.createTempFile(directory, "file", "");
        try {
            return OpenFile.open(script.calls(), path, Access.READ_ONLY, wish);
        } catch (StorageException e) {
            assumeFalse(e.kind() == Kind.UNSUPPORTED, e.getMessage());
            throw e;
        }
    }

    /** See proc_pid_fdinfo(5). */
    private static int flags(int descriptor) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo", Integer.toString(descriptor))).stream()
                .filter(line -> line.startsWith("flags:"))
                .mapToInt(line -> Integer.parseInt(line.substring(6).strip(), 8))
                .findFirst()
                .orElseThrow();
    }
}
