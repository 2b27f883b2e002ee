package io.pinion.advisor;

/** What it comes to. The default is buffered; the burden of proof is direct's. */
public enum Verdict {
    /** No significant difference, or buffered is better: stay buffered. */
    STAY_BUFFERED,
    /** Through the page cache, without leaving anything in it. */
    UNCACHED,
    /** Past the page cache. */
    DIRECT,
    /** What could be measured in the time does not tell. Never a guess. */
    INCONCLUSIVE
}
