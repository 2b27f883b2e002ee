package io.pinion.tape.st;

import io.pinion.linux.Linux;
import io.pinion.linux.tape.DriverStatus;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import java.util.ArrayList;
import java.util.List;

/** Says where the tape stands, and how drive and tape are. For the channel's thread alone. */
final class StatusReport {
    private final TapeDevice device;
    private final Place place;
    private final EndOfMedium end;
    private final DriveFacts facts;
    private final Limits limits;

    StatusReport(TapeDevice device, Place place, EndOfMedium end, DriveFacts facts, Limits limits) {
        this.device = device;
        this.place = place;
        this.end = end;
        this.facts = facts;
        this.limits = limits;
    }

    /** {@return where the tape stands, as the drive says if it can, with the driver's count of file marks} */
    TapePosition position() {
        place.ask();
        TapePosition position = place.position();
        boolean counted =
                !place.isLost() && device.look() >= 0 && device.status().fileNumber() >= 0;
        return counted ? position.withFileNumber(device.status().fileNumber()) : position;
    }

    /** {@return how drive and tape are; without asking the drive for more than it can tell without a tape} */
    TapeStatus status() {
        // First by the driver, which is to be the one that learns of a reset.
        place.ask();
        boolean looked = device.look() >= 0;
        DriverStatus driver = device.status();
        boolean ready = looked && driver.is(Linux.GMT_ONLINE);
        Alerts alerts = facts.alerts();
        TapeStatus.Builder status = TapeStatus.builder()
                .is(Condition.READY, ready)
                .is(Condition.CLEANING_REQUESTED, looked && driver.is(Linux.GMT_CLN) || alerts.isCleaningWanted());
        if (ready) {
            boolean beginning = place.address() == 0;
            boolean endOfData = driver.is(Linux.GMT_EOD);
            status.is(Condition.WRITE_PROTECTED, driver.is(Linux.GMT_WR_PROT))
                    .is(Condition.BEGINNING_OF_PARTITION, beginning)
                    .is(Condition.END_OF_DATA, endOfData && !place.isLost())
                    .is(Condition.FILE_MARK, place.isBehindMark())
                    .is(Condition.EARLY_WARNING, end.isNear() || driver.is(Linux.GMT_EOT))
                    .is(Condition.END_OF_MEDIUM, end.isReached())
                    .blockSize(driver.blockSize())
                    .density(driver.density())
                    .partitions(facts.partitions());
            facts.compression().ifPresent(status::compression);
        }
        return status.notes(notes(alerts)).build();
    }

    private List<String> notes(Alerts alerts) {
        List<String> notes = new ArrayList<>();
        facts.identity().ifPresent(notes::add);
        notes.add(limits.toString());
        if (place.isLost()) {
            notes.add(place.reason());
        } else if (!place.tells()) {
            notes.add(
                    "the drive cannot tell where the tape stands, so it is counted from the beginning on; after spacing over file"
                            + " marks, and at the end of data, it is not known until the tape is rewound");
        }
        notes.addAll(alerts.notes());
        if (device.recoveredErrors() > 0) {
            notes.add("the drive has mended " + device.recoveredErrors() + " errors since it is served");
        }
        notes.addAll(facts.driver());
        return notes;
    }
}
