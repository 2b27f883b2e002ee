package io.pinion.memory.mlock;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.Pin;
import io.pinion.memory.PinStatus;
import io.pinion.memory.PinnedPage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pin. It needs nothing of the service that made it, and may be closed after that has left. */
final class MlockPin implements Pin {
    private final SystemCalls calls;
    private final LockedPages locked;
    private final ByteBuffer region;
    private final long from;
    private final long to;
    private final String owner;
    private final Instant since = Instant.now();
    private final AtomicBoolean closed = new AtomicBoolean();

    MlockPin(SystemCalls calls, LockedPages locked, ByteBuffer region, long from, long to, String owner) {
        this.calls = calls;
        this.locked = locked;
        this.region = region;
        this.from = from;
        this.to = to;
        this.owner = owner;
    }

    @Override
    public ByteBuffer region() {
        return region;
    }

    @Override
    public List<PinnedPage> pages() {
        return closed.get() ? List.of() : ResidentPages.list(calls, from, to);
    }

    PinStatus status() {
        return PinStatus.builder(owner)
                .range(from, to - from)
                .since(since)
                .pages(this::pages)
                .build();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            locked.remove(calls, from, to);
            locked.release(this);
        }
    }

    @Override
    public String toString() {
        return "pin of " + Bytes.text(to - from) + " at 0x" + Long.toHexString(from) + (closed.get() ? ", closed" : "");
    }
}
