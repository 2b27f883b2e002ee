package io.pinion.tck;

import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.List;

/** What drivers get wrong, and the tests of the contract that must notice. */
enum Defect {
    /** Nothing: all of the tests below pass, so that it is the defect that they notice. */
    NONE("theIntendedWayIsTaken"),
    LOSES_NEIGHBOURS("unalignedNeighboursLoseNoUpdate", "writersThatExtendTogetherLoseNothing"),
    REMEMBERS_LENGTH("theLengthIsReadInBegin", "randomOperationsOnChannelsAgreeWithTheModel"),
    REMEMBERS_CONTENT("theContentIsReadAfterBegin"),
    READS_SHORT("largeTransfersAreWhole", "readsOfEveryAlignmentBringWhatIsThere"),
    CLOSED_BY_INTERRUPTS(
            "aPendingInterruptStaysPending",
            "randomInterruptsFailNothing",
            "randomInterruptsOfAVolumesCallersFailNothing"),
    FORMATS_AGAIN("aVolumeWithASizeCreatesItsFileOnce"),
    LOSES_INTERRUPTS("aPendingInterruptStaysPending", "randomInterruptsFailNothing"),
    LEAKS_DESCRIPTORS("channelsGiveBackTheirDescriptors"),
    LEAKS_MEMORY("channelsGiveBackTheirMemory"),
    PADS_THE_END("appendingKeepsTheLengthExact", "writersThatExtendTogetherLoseNothing"),
    MOVES_THE_LIMIT("readsOfEveryAlignmentBringWhatIsThere"),
    LEAVES_POSITIONS("writesOfEveryAlignmentLandWhereTheyShould", "readOnlyBuffersAreWritten"),
    SHOWS_WHAT_WAS_CUT("whatWasCutOffDoesNotComeBack", "aWriteBehindACutDoesNotShowWhatWasCutOff"),
    KEEPS_WRITES_TO_ITSELF("aFlushLeavesNothingInUserSpace", "theContentIsReadAfterBegin"),
    CRASHES_WHEN_CLOSED("whatIsCalledAfterClosingFailsAsClosed", "closingDuringTransfersEndsThem"),
    WRITES_BEFORE_BEGIN("aChannelThatNeverBeginsChangesNothing"),
    WRITES_IN_EXAMINE("anExaminationChangesAndHoldsNothing"),
    COPIES_AND_TELLS("whatMeetsTheGeometryIsNotCopied"),
    CORRUPTS_RARELY("randomOperationsOnChannelsAgreeWithTheModel", "randomOperationsOnAVolumeAgreeWithTheModel"),
    COMPLETES_TWICE("theDriversQueueDeliversEachOperationOnce"),
    LIES_IN_COMPLETIONS("theDriversQueueDeliversEachOperationOnce", "everyQueuedOperationCompletesOnce"),
    DELIVERS_FLUSHES_EARLY("theDriversFlushIsDeliveredAfterItsWrites"),
    FORGETS_WHAT_IS_CANCELLED("theDriversQueueDeliversWhatIsCancelledOnce"),
    SAYS_CANCELLED_AND_GOES_ON("theDriversQueueLeavesTheBufferOfWhatWasCancelledAlone"),
    CANCELS_OTHERS("theDriversQueueCancelsNothingElse"),
    CANCELS_FLUSHES("theDriversFlushIsNotCancelled");

    private final List<String> tests;

    Defect(String... tests) {
        this.tests = List.of(tests);
    }

    /** {@return the tests that must fail} */
    List<String> tests() {
        return tests;
    }

    /** {@return whether it is one of files, and not of memory} */
    boolean needsFiles() {
        return this == CLOSED_BY_INTERRUPTS || this == FORMATS_AGAIN;
    }

    /** {@return the driver with the defect, if it is one of what its queue does with what is cancelled} */
    IoStrategy applyToQueues(IoStrategy strategy) {
        return switch (this) {
            case FORGETS_WHAT_IS_CANCELLED, SAYS_CANCELLED_AND_GOES_ON, CANCELS_OTHERS, CANCELS_FLUSHES ->
                new WrongCancel.Strategy(strategy, this);
            default -> strategy;
        };
    }

    /** {@return a channel that has the defect} */
    PositionalChannel apply(Target target, PositionalChannel channel, OpenOptions options) throws StorageException {
        return switch (this) {
            case LOSES_NEIGHBOURS -> new Defects.LosesNeighbours(channel);
            case REMEMBERS_LENGTH -> new Defects.RemembersLength(channel);
            case REMEMBERS_CONTENT -> new Defects.RemembersContent(channel);
            case READS_SHORT -> new Defects.ReadsShort(channel);
            case CLOSED_BY_INTERRUPTS -> new NaiveFile(target);
            case FORMATS_AGAIN -> new Defects.FormatsAgain(new NaiveFile(target));
            case LOSES_INTERRUPTS -> new Defects.LosesInterrupts(channel);
            case LEAKS_DESCRIPTORS -> new Defects.LeaksDescriptors(channel);
            case LEAKS_MEMORY -> new Defects.LeaksMemory(channel);
            case PADS_THE_END -> new Defects.PadsTheEnd(channel);
            case MOVES_THE_LIMIT -> new Defects.MovesTheLimit(channel);
            case LEAVES_POSITIONS -> new Defects.LeavesPositions(channel);
            case SHOWS_WHAT_WAS_CUT -> new Defects.ShowsWhatWasCut(channel);
            case KEEPS_WRITES_TO_ITSELF -> new Defects.KeepsWritesToItself(channel);
            case CRASHES_WHEN_CLOSED -> new Defects.CrashesWhenClosed(channel);
            case WRITES_BEFORE_BEGIN -> new Defects.WritesBeforeBegin(channel);
            case COPIES_AND_TELLS -> new Defects.CopiesAndTells(channel, options.meter());
            case CORRUPTS_RARELY -> new Defects.CorruptsRarely(channel);
            default -> channel;
        };
    }
}
