package io.pinion.archive;

import io.pinion.strategy.TapePosition;

/** Where a tape stands, in words. */
final class Stand {
    private Stand() {}

    static String of(TapePosition position) {
        if (position.source() == TapePosition.Source.UNKNOWN) {
            return "it is not known where the tape stands; rewind, end, or locate ADDRESS";
        }
        StringBuilder text = new StringBuilder("at block address ").append(position.blockAddress());
        if (position.partition() != 0) {
            text.append(" of partition ").append(position.partition());
        }
        position.fileNumber().ifPresent(number -> text.append(", in file ").append(number));
        if (position.isBeginningOfPartition()) {
            text.append(", the beginning");
        }
        return text.append(position.source() == TapePosition.Source.DRIVE ? ", as the drive says" : ", as was counted")
                .toString();
    }
}
