package io.pinion.linux;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import java.util.List;

/** Notes each completion of a queue as {@code token:transferred}, or {@code token:kind} of what failed. */
public record Completed(List<String> done) implements CompletionSink {
    @Override
    public void completed(long token, int transferred) {
        done.add(token + ":" + transferred);
    }

    @Override
    public void failed(long token, StorageException error) {
        done.add(token + ":" + error.kind());
    }
}
