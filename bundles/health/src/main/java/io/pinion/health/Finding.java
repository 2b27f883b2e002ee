package io.pinion.health;

import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;

/** What a check finds, sentence by sentence; the worst one is its status. */
final class Finding {
    private final ResultLog log = new ResultLog();

    void ok(String sentence) {
        add(Status.OK, sentence);
    }

    void warn(String sentence) {
        add(Status.WARN, sentence);
    }

    void unavailable(String sentence) {
        add(Status.TEMPORARILY_UNAVAILABLE, sentence);
    }

    void critical(String sentence) {
        add(Status.CRITICAL, sentence);
    }

    private void add(Status status, String sentence) {
        log.add(new ResultLog.Entry(status, sentence));
    }

    Result result() {
        return new Result(log);
    }
}
