package io.pinion.memory.mlock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessStatusTest {
    @TempDir
    Path directory;

    private ProcessStatus status(String capabilities) throws IOException {
        return new ProcessStatus(
                new LibC(), Files.writeString(directory.resolve("status"), "CapEff:\t" + capabilities + "\n"));
    }

    /** In a container that an ordinary user runs, root seems to have all capabilities; mlock(2) takes none of them. */
    @ParameterizedTest
    @CsvSource({
        "000001ffffffffff, '         0          0 4294967295', true",
        "0000000000004000, '         0          0 4294967295', true",
        "000001ffffffbfff, '         0          0 4294967295', false",
        "000001ffffffffff, '         0       1000          1', false",
        "000001ffffffffff, '         0       1000          1|         1     100000      65536', false",
        "000001ffffffffff, '         0     100000 4294867295', false"
    })
    void aCapabilityIsOneInTheFirstUserNamespace(String capabilities, String users, boolean privileged)
            throws IOException {
        Files.writeString(directory.resolve("uid_map"), users.replace("|", "\n") + "\n");
        assertEquals(privileged, status(capabilities).isPrivileged());
    }

    @Test
    void whereThereAreNoUserNamespacesThereIsNothingToTell() throws IOException {
        assertEquals(Bytes.UNLIMITED, status("000001ffffffffff").limit());
    }
}
