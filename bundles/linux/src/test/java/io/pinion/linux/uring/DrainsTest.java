package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DrainsTest {
    private static final int ANY = Integer.MAX_VALUE;

    private final Drains drains = new Drains();

    @Test
    void endsAWaitBeforeAndBehindADrain() {
        assertEquals(ANY, drains.reach(0));
        drains.prepared(16);
        assertEquals(16, drains.reach(0));
        assertEquals(1, drains.reach(15));
        assertEquals(1, drains.reach(16));
        assertEquals(ANY, drains.reach(17));
    }

    @Test
    void goesOneByOneBetweenSeveral() {
        drains.prepared(4);
        drains.prepared(8);
        drains.prepared(12);
        assertEquals(3, drains.reach(1));
        assertEquals(1, drains.reach(5));
        assertEquals(1, drains.reach(12));
        assertEquals(ANY, drains.reach(13));
        drains.prepared(20);
        assertEquals(6, drains.reach(14));
    }

    @Test
    void countsOnWhenTheNumbersWrap() {
        drains.prepared(Integer.MIN_VALUE + 1);
        assertEquals(3, drains.reach(Integer.MAX_VALUE - 1));
        assertEquals(ANY, drains.reach(Integer.MIN_VALUE + 2));
    }
}
