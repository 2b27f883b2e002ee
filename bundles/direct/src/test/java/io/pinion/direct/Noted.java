package io.pinion.direct;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import java.util.List;

/** Notes completions as {@code TOKEN:TRANSFERRED}, failures as {@code TOKEN:KIND}. */
record Noted(List<String> done) implements CompletionSink {
    @Override
    public void completed(long token, int transferred) {
        done.add(token + ":" + transferred);
    }

    @Override
    public void failed(long token, StorageException error) {
        done.add(token + ":" + error.kind());
    }
}
