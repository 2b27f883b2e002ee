package io.pinion.advisor.judge;

/** How a way did beside the buffered one, with requests of one size. */
enum Outcome {
    /** Clearly faster. */
    FASTER,
    /** Not slower, and takes a fifth less processor time, or less than that. */
    CHEAPER,
    /** Not slower, and does others clearly less damage. */
    GENTLER,
    /** Not slower, and nothing else is clear. */
    EQUAL,
    /** Perhaps slower, and no gain that would matter is left possible. */
    NO_GAIN,
    /** A gain that would matter is possible, and so is that there is none. */
    UNSURE,
    /** Clearly slower, or no faster and clearly dearer or more harmful. */
    WORSE;

    boolean isWin() {
        return compareTo(GENTLER) <= 0;
    }

    /** {@return whether nobody loses by it} */
    boolean isHarmless() {
        return compareTo(EQUAL) <= 0;
    }
}
