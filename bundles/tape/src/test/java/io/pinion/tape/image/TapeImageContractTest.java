package io.pinion.tape.image;

import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Target;
import io.pinion.tck.TapeStrategyContract;
import io.pinion.tck.TapeTraits;
import io.pinion.tck.TapeUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class TapeImageContractTest extends TapeStrategyContract {
    /** Records have two lengths and are padded, marks are words, and where the tape stands is not in the file. */
    private static final TapeTraits TRAITS = new TapeTraits() {
        @Override
        public boolean isPlaceKept() {
            return false;
        }

        @Override
        public long room(int recordLength) {
            return 4 + recordLength + recordLength % 2 + 4;
        }

        @Override
        public long roomOfMark() {
            return 4;
        }
    };

    @Override
    protected TapeUnderTest create(Path directory) {
        LibC calls = new LibC();
        return TapeUnderTest.of(TapeImageStrategy.NAME, new TapeImageStrategy(calls), empty -> blank(empty, ""))
                .ending(empty -> blank(empty, "?capacity=4MiB&early-warning=256KiB"))
                .swappedWith("other", new TapeImageStrategy(calls))
                .with(TRAITS);
    }

    private static Target blank(Path directory, String settings) throws IOException {
        return Target.parse("tape-image:" + Files.createFile(directory.resolve("blank.tap")) + settings);
    }
}
