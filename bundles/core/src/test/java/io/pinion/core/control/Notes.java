package io.pinion.core.control;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import java.util.ArrayList;
import java.util.List;

/** Notes what comes of the operations on a queue. */
final class Notes implements CompletionSink {
    final List<String> lines = new ArrayList<>();

    @Override
    public void completed(long token, int transferred) {
        lines.add(token + "=" + transferred);
    }

    @Override
    public void failed(long token, StorageException error) {
        lines.add(token + ":" + error.kind());
    }
}
