package io.pinion.guest;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.ScsiDebugTape;
import io.pinion.guest.device.StepsBack;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Target;
import io.pinion.tape.st.TapeStrategy;
import io.pinion.tck.TapeStrategyContract;
import io.pinion.tck.TapeTraits;
import io.pinion.tck.TapeUnderTest;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The contract of tapes, on the real driver st and the drive of scsi_debug; an emulated processor may take longer than others. */
@InGuest
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ScsiDebugTapeContractIT extends TapeStrategyContract {
    private static final String STEPS = "pinion.tck.steps";

    private static ScsiDebugTape drive;

    /** An emulated processor takes a minute for as many steps as the kit makes where nobody says how many. */
    @BeforeAll
    static void chooseSteps() {
        if (System.getProperty(STEPS) == null) {
            System.setProperty(STEPS, "60");
        }
    }

    /** The compiler that is quick leaves allocations which the other removes; what the strategy allocates its own tests find. */
    @Override
    public void recordsAllocateNothing() {}

    /** The drive warns once, of the record that is the twentieth before the end, and not when that is a mark. */
    @Override
    public void randomOperationsAtTheEndOfTheTapeAgreeWithTheModel() {}

    @Override
    protected TapeUnderTest create(Path directory) throws Exception {
        SystemCalls calls = new LibC();
        drive = new ScsiDebugTape();
        Target target = Target.of(drive.tape().node());
        return TapeUnderTest.of("tape", new StepsBack(new TapeStrategy(calls)), empty -> target)
                .ending(empty -> shortTape(target))
                .guardedBy(new LinuxTargetGuard(calls))
                .with(new Traits());
    }

    /** The other partition has the rest of the blocks. */
    private static Target shortTape(Target target) throws Exception {
        drive.tape().mt("stsetoptions", "can-partitions");
        drive.tape().mt("mkpartition", "9600");
        return target;
    }

    /** Each test plugs it in afresh, once the one before has given it up. */
    @AfterAll
    static void unplug() throws Exception {
        drive.close();
    }

    /** It has as many blocks, whatever their length, and of each it keeps the beginning. */
    private static final class Traits implements TapeTraits {
        @Override
        public int smallestRecord() {
            return 512;
        }

        @Override
        public int keptBytes(int recordLength) {
            return Math.min(4, recordLength);
        }

        @Override
        public int fillingRecord() {
            return 512;
        }

        @Override
        public long room(int recordLength) {
            return 1;
        }

        @Override
        public long roomOfMark() {
            return 1;
        }
    }
}
