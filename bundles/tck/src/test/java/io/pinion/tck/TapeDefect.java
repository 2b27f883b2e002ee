package io.pinion.tck;

import io.pinion.strategy.TapeChannel;
import java.util.List;
import java.util.function.UnaryOperator;

/** What drivers of tapes get wrong, and the tests of the contract that must notice. */
enum TapeDefect {
    /** Nothing: all of the tests below pass, so that it is the defect that they notice. */
    NONE(UnaryOperator.identity()),
    COUNTS_MARKS_AS_RECORDS(
            TapeMotionDefects.CountsMarks::new, "spacingOverRecordsEndsAtMarks", "randomOperationsAgreeWithTheModel"),
    COUNTS_RECORDS_ALONE(
            TapeMotionDefects.CountsRecordsAlone::new, "locateFindsEveryPlace", "randomOperationsAgreeWithTheModel"),
    STOPS_BEHIND_MARKS(TapeMotionDefects.StopsBehindMarks::new, "spacingOverMarksPassesRecords"),
    PASSES_MARKS_UNSEEN(TapeMotionDefects.PassesMarksUnseen::new, "spacingOverRecordsEndsAtMarks"),
    MOVES_AT_THE_END_OF_DATA(
            TapeMotionDefects.MovesAtTheEndOfData::new,
            "readsTellRecordsMarksAndTheEndOfData",
            "aBlankTapeIsAtBothEnds",
            "randomOperationsAgreeWithTheModel"),
    LOSES_ITS_PLACE_WHEN_IT_THROWS(TapeMotionDefects.LosesItsPlace::new, "locateBeyondTheEndOfDataStandsThere"),
    ADDS_A_MARK_WHEN_CLOSED(
            TapeLifeDefects.AddsAMarkWhenClosed::new, "closingWritesNothing", "closingWritesNothingWhateverWasBefore"),
    WRITES_WHERE_IT_MAY_NOT(UnaryOperator.identity(), "aReadOnlyChannelWritesNothing"),
    MOVES_IN_EXAMINE(UnaryOperator.identity(), "anExaminationChangesAndHoldsNothing"),
    ADDS_A_MARK_BEFORE_MOVING(
            TapeMotionDefects.AddsAMarkBeforeMoving::new,
            "closingWritesNothingWhateverWasBefore",
            "randomOperationsAgreeWithTheModel"),
    LOSES_THE_ODD_BYTE(
            TapeDefects.LosesTheOddByte::new, "recordsComeBackAsTheyWereWritten", "randomOperationsAgreeWithTheModel"),
    STAYS_BEHIND_LONG_RECORDS(
            TapeDefects.StaysBehindLongRecords::new,
            "aRecordThatIsTooLongStaysInFrontOfTheTape",
            "aRecordThatIsTooLongCanBeOverwritten"),
    CUTS_LONG_RECORDS_SHORT(
            TapeDefects.CutsLongRecordsShort::new,
            "aRecordThatIsTooLongStaysInFrontOfTheTape",
            "randomOperationsAgreeWithTheModel"),
    READS_ON_INTO_THE_NEXT(TapeDefects.ReadsOn::new, "aReadNeverGoesBeyondItsRecord"),
    LEAVES_POSITIONS_OF_BUFFERS(
            TapeDefects.LeavesPositions::new, "recordsComeBackAsTheyWereWritten", "readOnlyBuffersAreWritten"),
    KEEPS_WHAT_IS_BEHIND(
            TapeDefects.KeepsWhatIsBehind::new, "aRecordInTheMiddleIsTheLast", "randomOperationsAgreeWithTheModel"),
    WARNS_NEVER(TapeDefects.WarnsNever::new, "aWarningComesBeforeTheEnd", "theStatusSaysThatTheEndIsNear"),
    WARNS_EVERY_OTHER_TIME(
            TapeDefects.WarnsEveryOtherTime::new,
            "aWarningComesBeforeTheEnd",
            "randomOperationsAtTheEndOfTheTapeAgreeWithTheModel"),
    SWALLOWS_WHAT_IS_FULL(TapeDefects.SwallowsWhatIsFull::new, "aWarningComesBeforeTheEnd"),
    FORGETS_THE_HANDOVER(
            TapeLifeDefects.ForgetsTheHandover::new,
            "aSuccessorGoesOnWhereItsPredecessorStopped",
            "thePositionIsEnoughToGoOn",
            "randomOperationsAgreeWithTheModel",
            "aWriterNoticesNothingOfSwapsAndUpdates"),
    TAKES_ANY_PLACE(
            TapeLifeDefects.TakesAnyPlace::new,
            "aTapeThatStandsElsewhereIsRefused",
            "aPlaceBeyondTheEndOfDataIsRefused"),
    WRITES_LAST_AGAIN_AT_THE_END(
            TapeLifeDefects.WritesLastAgain::new,
            "aSuccessorGoesOnWhereItsPredecessorStopped",
            "aWriterNoticesNothingOfSwapsAndUpdates"),
    KEEPS_RECORDS_TO_ITSELF(TapeLifeDefects.KeepsToItself::new, "whatWasFlushedSurvivesItsChannel"),
    LOSES_INTERRUPTS(TapeLifeDefects.LosesInterrupts::new, "aPendingInterruptHarmsNothing"),
    CRASHES_WHEN_CLOSED(TapeLifeDefects.CrashesWhenClosed::new, "whatIsCalledAfterClosingFailsAsClosed"),
    ALLOCATES_BY_THE_RECORD(TapeDefects.Allocates::new, "recordsAllocateNothing"),
    IGNORES_THE_BLOCK_SIZE(TapeDefects.IgnoresTheBlockSize::new, "blocksAreRecordsOfOneLength", "halfBlocksAreRefused"),
    CORRUPTS_RARELY(TapeDefects.CorruptsRarely::new, "randomOperationsAgreeWithTheModel");

    private final UnaryOperator<TapeChannel> breaking;
    private final List<String> tests;

    TapeDefect(UnaryOperator<TapeChannel> breaking, String... tests) {
        this.breaking = breaking;
        this.tests = List.of(tests);
    }

    /** {@return the tests that must fail} */
    List<String> tests() {
        return tests;
    }

    /** {@return a channel that has the defect} */
    TapeChannel apply(TapeChannel channel) {
        return breaking.apply(channel);
    }
}
