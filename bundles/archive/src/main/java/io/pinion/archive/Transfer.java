package io.pinion.archive;

import io.pinion.archive.tar.Printable;
import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How far a transfer is, said each second; and what of it did not go as asked. For one thread. */
final class Transfer {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int SHOWN = 40;

    private final ProgressLine line;
    private final String verb;
    private final long total;
    private final long begin = System.nanoTime();
    private final List<String> problems = new ArrayList<>();
    private long said = begin;
    private long saidBytes;
    private long bytes;
    private long entries;

    /**
     * @param verb of the transfer: {@code written}, {@code read}
     * @param total how many bytes there will be; 0 when that is not known
     */
    Transfer(ProgressLine line, String verb, long total) {
        this.line = line;
        this.verb = verb;
        this.total = total;
    }

    /** More bytes of this entry have been moved. */
    void moved(long more, String name) {
        bytes += more;
        long now = System.nanoTime();
        if (now - said < EVERY) {
            return;
        }
        line.say(verb + " " + Units.bytes(bytes) + (total == 0 ? "" : " of " + Units.bytes(total)) + ", "
                + Units.rate(bytes - saidBytes, now - said) + ": " + Printable.of(name));
        said = now;
        saidBytes = bytes;
    }

    void done() {
        entries++;
    }

    /** Something is not as asked; the transfer goes on. */
    void problem(String name, String what) {
        if (problems.size() <= SHOWN) {
            problems.add(Printable.of(name) + ": " + what);
        }
    }

    /** Leaves the line of progress. */
    void end() {
        line.end();
    }

    List<String> problems() {
        return problems.size() <= SHOWN ? problems : withEllipsis();
    }

    private List<String> withEllipsis() {
        List<String> shown = new ArrayList<>(problems.subList(0, SHOWN));
        shown.add("… and more");
        return shown;
    }

    /** {@return {@code 12 files and directories, 3.40 GiB, 148 MiB/s}} */
    String summary() {
        return Units.count(entries) + (entries == 1 ? " file or directory, " : " files and directories, ")
                + Units.bytes(bytes) + ", " + Units.rate(bytes, System.nanoTime() - begin);
    }
}
