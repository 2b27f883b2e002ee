package io.pinion.tape.image;

import java.util.ArrayList;
import java.util.List;

/** What was noticed in an image that its operator is to know. For any thread; told by the one that moves the tape. */
final class Remarks {
    private volatile boolean unpadded;
    private volatile boolean passedOther;
    private volatile String damage = "";

    /** There was an odd record without padding. */
    void sawUnpadded() {
        unpadded = true;
    }

    /** Something was passed over that is not the tape's. */
    void passedOther() {
        passedOther = true;
    }

    /** @param words what is wrong with the image; empty when it has gone */
    void damage(String words) {
        damage = words;
    }

    /** {@return sentences for the operator} */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (unpadded) {
            sentences.add("there are odd records without padding, as E11 writes them; what is written is padded");
        }
        if (passedOther) {
            sentences.add("there are records or markers of private use, which are passed over; a copy lacks them");
        }
        String wrong = damage;
        if (!wrong.isEmpty()) {
            sentences.add(wrong);
        }
        return sentences;
    }
}
