package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other people's code makes of streams goes to tape and back. */
@Timeout(60)
class TapeArchiveTest {
    private final MemoryDrive drive = new MemoryDrive(new MemoryTape());

    private static Map<String, byte[]> files(int seed) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            files.put("dir/file" + i, Bytes.random(seed * 100L + i, i * i * 37));
        }
        return files;
    }

    private void write(Map<String, byte[]> files) throws Exception {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                TapeOutputStream.to(drive).recordSize(10 << 10).open())) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    private Map<String, byte[]> read() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        TapeInputStream tape = TapeInputStream.from(drive).open();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(tape)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
            tape.transferTo(OutputStream.nullOutputStream()); // to behind the file mark
        }
        return files;
    }

    @Test
    void archivesFollowEachOther() throws Exception {
        write(files(1));
        write(files(2));
        drive.at = 0;
        for (int i = 1; i <= 2; i++) {
            Map<String, byte[]> read = read();
            Map<String, byte[]> written = files(i);
            assertEquals(written.keySet(), read.keySet());
            written.forEach((name, content) -> assertArrayEquals(content, read.get(name), name));
        }
        assertEquals(drive.tape.entries.size(), drive.at);
    }
}
