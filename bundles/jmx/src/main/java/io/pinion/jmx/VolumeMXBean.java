package io.pinion.jmx;

import java.util.Map;

/** One volume, as it is when it is asked. What accepts a loss of data is no operation here: it stays a command. */
@Description("A volume: what it is doing, who serves it, and its figures.")
public interface VolumeMXBean {
    @Description("What the operator calls it.")
    String getName();

    @Description("What it stores its bytes on.")
    String getTarget();

    @Description("read-write or read-only.")
    String getAccess();

    @Description("WAITING, OPEN, SWAPPING, FAILED or CLOSED.")
    String getState();

    @Description("Why it is not simply open; else empty.")
    String getReason();

    @Description("The strategy that serves it; empty when none does.")
    String getStrategy();

    @Description("How its bytes really move; empty when they don't.")
    String getMode();

    @Description("The strategies that the configuration names, best first.")
    String[] getPreferences();

    @Description("The strategy that was swapped to by hand, while that lasts; else empty.")
    String getOverride();

    @Description("What keeps it from being as configured.")
    String[] getProblems();

    @Description("Reads that were completed.")
    long getReads();

    @Description("Writes that were completed.")
    long getWrites();

    @Description("Flushes that applications called for; those of swaps are not among them.")
    long getFlushes();

    @Description("Operations that failed.")
    long getFailures();

    @Description("Bytes read.")
    long getReadBytes();

    @Description("Bytes written.")
    long getWrittenBytes();

    @Description("Operations that run now.")
    long getInFlight();

    @Description("Operations that have waited at the gate so far.")
    long getParked();

    @Description("Swaps that were published.")
    long getSwaps();

    @Description("Latency of sampled reads, in nanoseconds.")
    LatencyView getReadLatency();

    @Description("Latency of sampled writes, in nanoseconds.")
    LatencyView getWriteLatency();

    @Description("How long the gate was closed in published swaps, in nanoseconds.")
    LatencyView getSwapPause();

    @Description("When a flush last succeeded, ISO 8601; empty before the first.")
    String getLastFlush();

    @Description("Bytes written that no flush has covered yet.")
    long getUnflushedBytes();

    @Description("For how many seconds some of them have been waiting; 0 when none does.")
    double getUnflushedSeconds();

    @Description("What each strategy moved for the volume.")
    Map<String, StrategyFiguresView> getByStrategy();

    @Description("Sentences that say why it is slow, waiting, bounced, overridden, or not as preferred.")
    String[] why();

    @Description("The latest swaps and attempts, latest first.")
    String[] history();

    @Description("Swaps to a strategy by hand, while users go on; returns what came of it.")
    String swap(String strategy);

    @Description("Ends a swap by hand: back to what the configuration says.")
    void clearOverride();
}
