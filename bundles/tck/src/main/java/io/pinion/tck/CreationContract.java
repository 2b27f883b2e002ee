package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Target;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A volume with a size creates its file, which from then on is a file like any other. */
interface CreationContract extends Contract {
    /** It has that size, is zero, and is not created again. */
    @Test
    default void aVolumeWithASizeCreatesItsFileOnce() throws Exception {
        Target target = trial().unclaimed(1);
        Files.delete(file(target));
        Map<String, String> size = Map.of("size", "12345");
        try (HostedVolume hosted = trial().volume(target, trial().strategy(), size)) {
            Volume volume = hosted.volume();
            assertEquals(12_345, volume.size());
            assertArrayEquals(new byte[12_345], content(volume), "just created");
            volume.write(Content.buffer(7000, 3000, 1), 7000);
            hosted.swap();
        }
        try (HostedVolume hosted = trial().volume(target, trial().strategy(), size)) {
            Image image = new Image(12_345);
            image.write(7000, Content.bytes(7000, 3000, 1));
            assertEquals(12_345, hosted.volume().size());
            Content.assertSame(image.all(), content(hosted.volume()), "opened again");
        }
    }

    private static byte[] content(Volume volume) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(volume.size()));
        volume.read(all, 0);
        return all.array();
    }

    private Path file(Target target) throws Exception {
        Optional<Target> beneath = target.scheme().equals(Target.PATH)
                ? Optional.of(target)
                : trial().strategy().examine(target).backing();
        Path file = beneath.map(Target::rest).map(Path::of).orElse(Path.of(""));
        assumeTrue(
                Files.isRegularFile(file),
                "no file is beneath the strategy's targets: Examination.Builder.backing names it");
        return file;
    }
}
