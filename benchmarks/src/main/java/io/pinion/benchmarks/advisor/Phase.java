package io.pinion.benchmarks.advisor;

import java.time.Duration;

/**
 * A part of a run, in which the load stays the same.
 *
 * @param kind of load
 * @param length how long it goes on
 */
record Phase(Kind kind, Duration length) {
    /** What may be done. All of it is done by one thread. */
    enum Kind {
        /** A set that fits the page cache: synchronous reads. */
        HOT("hot: 4 KiB at random of 64 MiB", 4096, 1, Rigs.HOT),
        /** What fits nothing, by large requests of a queue. */
        COLD("cold: 1 MiB at random of 2 GiB, depth 8", 1 << 20, 8, Rigs.SIZE),
        /** What fits nothing, one small request at a time. */
        COLD_SINGLE("cold: 4 KiB at random of 2 GiB, one at a time", 4096, 1, Rigs.SIZE);

        private final String title;
        private final int block;
        private final int depth;
        private final long span;

        Kind(String title, int block, int depth, long span) {
            this.title = title;
            this.block = block;
            this.depth = depth;
            this.span = span;
        }

        String title() {
            return title;
        }

        /** {@return its name in pictures} */
        String word() {
            return title.substring(0, title.indexOf(':'));
        }

        int block() {
            return block;
        }

        int depth() {
            return depth;
        }

        long blocks() {
            return span / block;
        }
    }

    /** {@return what an argument says} */
    static Phase of(String text) {
        String[] parts = text.split(":");
        return new Phase(Kind.valueOf(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
    }

    /** {@return it as an argument} */
    String text() {
        return kind + ":" + length.toMillis();
    }

    int seconds() {
        return (int) length.toSeconds();
    }
}
