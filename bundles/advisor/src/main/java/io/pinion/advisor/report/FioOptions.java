package io.pinion.advisor.report;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How fio(1) is told to do what was measured: the home of what job file and JSON say alike. */
final class FioOptions {
    private static final int KIB = 1024;

    private FioOptions() {}

    /** {@return the options that all jobs share} */
    static Map<String, String> shared(Advice advice) {
        Load load = advice.load();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("filename", file(advice).replace(":", "\\:"));
        if (load.span() > 0) {
            all.put("size", Long.toString(load.span()));
        }
        all.put("rw", (load.sequential() ? "" : "rand") + direction(load));
        if (isMixed(load)) {
            all.put("rwmixread", Integer.toString(100 - load.writePercent()));
            // What was measured is not told apart either.
            all.put("unified_rw_reporting", "1");
        }
        if (load.writePercent() == 0) {
            all.put("allow_file_create", "0");
        }
        all.put("norandommap", "1");
        all.put("randrepeat", "0");
        all.put("time_based", "1");
        all.put("percentile_list", "50:99:99.9");
        return all;
    }

    /** {@return the file to use: what was read; a load that writes gets a file of its own, whatever there is of the other's} */
    static String file(Advice advice) {
        return advice.measured() + (advice.load().writePercent() > 0 ? ".fio" : "");
    }

    /** {@return the options of one size and way} */
    static Map<String, String> of(Load load, Measured measured) {
        Way way = measured.way();
        boolean queued = way.isQueued() || !way.isDirect() && load.depth() > 1;
        Map<String, String> all = new LinkedHashMap<>();
        all.put("ioengine", engine(way, queued));
        if (queued) {
            all.put("iodepth", Integer.toString(load.depth()));
        }
        all.put("direct", way.isDirect() ? "1" : "0");
        all.put("bs", Integer.toString(measured.size()));
        switch (way) {
            case BUFFERED_COLD -> all.put("invalidate", "1");
            case BUFFERED_WARM -> {
                all.put("invalidate", "0");
                all.put("pre_read", "1");
            }
            case BUFFERED_UNCACHED -> {
                all.put("invalidate", "1");
                all.put("uncached", "1");
            }
            case DIRECT_QUEUED -> all.put("fixedbufs", "1");
            default -> {}
        }
        all.put("runtime", millis(measured) + "ms");
        return all;
    }

    private static String engine(Way way, boolean queued) {
        if (queued) {
            return "io_uring";
        }
        return way == Way.BUFFERED_UNCACHED ? "pvsync2" : "psync";
    }

    /** {@return what a job is named, such as {@code direct-queued-4k}} */
    static String name(Measured measured) {
        String way = measured.way().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return way + "-" + size(measured.size());
    }

    private static String size(int bytes) {
        if (bytes % (KIB * KIB) == 0) {
            return bytes / (KIB * KIB) + "m";
        }
        return bytes % KIB == 0 ? bytes / KIB + "k" : Integer.toString(bytes);
    }

    /** {@return why no fio, or no older one, can do it that way; empty when all can} */
    static Optional<String> obstacle(Way way) {
        return switch (way) {
            case BUFFERED_UNCACHED ->
                Optional.of("needs fio 3.40 and Linux 6.14: older ones of fio ask for something else by"
                        + " uncached=1, which fails; remove the # where yours are new enough");
            case DIRECT_SYNCHRONOUS_ORDINARY, DIRECT_QUEUED_ORDINARY ->
                Optional.of("fio aligns its buffers: it has no counterpart to ordinary ones, which are copied");
            default -> Optional.empty();
        };
    }

    /** {@return which object of fio's JSON has the figures: {@code read}, {@code write} or {@code mixed}} */
    static String reported(Load load) {
        return isMixed(load) ? "mixed" : direction(load);
    }

    private static String direction(Load load) {
        if (isMixed(load)) {
            return "rw";
        }
        return load.writePercent() == 0 ? "read" : "write";
    }

    private static boolean isMixed(Load load) {
        return load.writePercent() > 0 && load.writePercent() < 100;
    }

    /** A round's, so that a cold way is as cold in the end as it was here. */
    private static long millis(Measured measured) {
        double mean =
                measured.samples().stream().mapToLong(Sample::nanos).average().orElse(1e9);
        return Math.max(1, Math.round(mean / 1e6));
    }
}
