package io.pinion.strategy;

/** What kind of channel a strategy opens; the value of the service property {@code pinion.strategy.shape}. */
public enum Shape {
    /** Bytes at offsets: {@link PositionalChannel}. */
    POSITIONAL("positional"),
    /** Records and file marks: {@link TapeChannel}. */
    TAPE("tape");

    private final String text;

    Shape(String text) {
        this.text = text;
    }

    /** {@return the word used in service properties} */
    @Override
    public String toString() {
        return text;
    }
}
