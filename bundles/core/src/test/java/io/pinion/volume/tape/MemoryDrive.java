package io.pinion.volume.tape;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus;
import io.pinion.volume.ExtraUse;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A drive in memory, honest to the contract, whose operations tests can make fail or wait. */
class MemoryDrive implements TapeDrive {
    /** Decides about an operation before it is done. */
    interface Fault {
        void before(int number, String operation, TapeResult result) throws StorageException;
    }

    final List<String> operations = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    volatile MemoryTape tape;
    volatile int at;
    volatile Fault fault = (number, operation, result) -> {};
    volatile Semaphore turns;
    volatile Access access = Access.READ_WRITE;
    int maximumRecordSize = 16 << 20;
    int blockSize;
    boolean tellsRecordLength = true;
    /** Whether an interrupted thread is not let in, as if it had to wait. */
    volatile boolean refusesInterrupted;

    boolean lost;
    /** Everything before it is on the medium, the rest in the drive's memory. */
    private int flushedAt;

    MemoryDrive(MemoryTape tape) {
        this.tape = tape;
        flushedAt = tape.entries.size();
    }

    /** Another tape is in the drive now. */
    MemoryDrive insert(MemoryTape other) {
        tape = other;
        at = 0;
        flushedAt = other.entries.size();
        return this;
    }

    private interface Operation {
        void run() throws StorageException;
    }

    private void run(String name, TapeResult result, Operation operation) throws StorageException {
        if (inside.incrementAndGet() != 1) {
            throw new AssertionError("two threads in the drive at once");
        }
        try {
            result.clear();
            if (refusesInterrupted && Thread.currentThread().isInterrupted()) {
                throw failure(Kind.INTERRUPTED, name).build();
            }
            if (turns != null) {
                turns.acquireUninterruptibly();
            }
            operations.add(name);
            told(result);
            fault.before(operations.size(), name, result);
            if (lost && List.of("read", "write", "mark", "space", "flush").contains(name)) {
                throw failure(Kind.POSITION_UNKNOWN, name).build();
            }
            operation.run();
        } finally {
            told(result);
            inside.decrementAndGet();
            finished.incrementAndGet();
        }
    }

    /** Waits until so many operations have ended. */
    void await(int count) throws InterruptedException {
        while (finished.get() < count) {
            Thread.sleep(1);
        }
    }

    private void told(TapeResult result) {
        result.setPosition(lost ? Source.UNKNOWN : Source.DRIVE, 0, lost ? -1 : at);
    }

    static StorageException.Builder failure(Kind kind, String operation) {
        return StorageException.of(kind, operation, "because it was to").target("memory");
    }

    /** What the drive had not written yet is lost but so many records of it, and with it the position. */
    StorageException loseUnflushed(int kept, String operation) {
        int end = Math.min(at, flushedAt + kept);
        tape.entries.subList(end, tape.entries.size()).clear();
        lost = true;
        return failure(Kind.IO_ERROR, operation)
                .deferred()
                .position(TapePosition.at(Source.DRIVE, 0, end))
                .build();
    }

    @Override
    public void read(ByteBuffer target, TapeResult result) throws StorageException {
        run("read", result, () -> {
            if (at == tape.entries.size()) {
                result.set(Outcome.END_OF_DATA, 0);
            } else if (tape.entries.get(at) == MemoryTape.MARK) {
                at++;
                result.set(Outcome.FILE_MARK, 0);
            } else if (blockSize != 0) {
                readBlocks(target, result);
            } else if (tape.entries.get(at).length > target.remaining()) {
                result.set(Outcome.RECORD_TOO_LONG, 0);
                result.setRecordLength(tellsRecordLength ? tape.entries.get(at).length : -1);
            } else {
                byte[] record = tape.entries.get(at++);
                target.put(record);
                result.set(Outcome.DONE, record.length);
            }
        });
    }

    private void readBlocks(ByteBuffer target, TapeResult result) throws StorageException {
        if (target.remaining() % blockSize != 0) {
            throw failure(Kind.INVALID_ARGUMENT, "read").build();
        }
        int before = target.position();
        while (target.hasRemaining() && at < tape.entries.size() && tape.entries.get(at).length == blockSize) {
            target.put(tape.entries.get(at++));
        }
        if (target.position() == before) {
            result.set(Outcome.RECORD_TOO_LONG, 0);
            result.setRecordLength(tellsRecordLength ? tape.entries.get(at).length : -1);
        } else {
            result.set(Outcome.DONE, target.position() - before);
        }
    }

    @Override
    public void write(ByteBuffer source, TapeResult result) throws StorageException {
        run("write", result, () -> {
            if (source.remaining() > maximumRecordSize || blockSize != 0 && source.remaining() % blockSize != 0) {
                throw failure(Kind.INVALID_ARGUMENT, "write").build();
            }
            int length = source.remaining();
            while (source.hasRemaining()) {
                byte[] record = new byte[blockSize == 0 ? length : blockSize];
                source.get(record);
                try {
                    append(record, "write");
                } catch (StorageException e) {
                    source.position(source.position() - record.length);
                    result.set(Outcome.DONE, length - source.remaining());
                    throw e;
                }
            }
            result.set(nearEnd() ? Outcome.EARLY_WARNING : Outcome.DONE, length);
        });
    }

    private void append(byte[] entry, String operation) throws StorageException {
        tape.entries.subList(at, tape.entries.size()).clear();
        if (tape.used() + MemoryTape.cost(entry) > tape.capacity) {
            throw failure(Kind.NO_SPACE, operation).build();
        }
        flushedAt = Math.min(flushedAt, at);
        tape.entries.add(entry);
        at++;
    }

    private boolean nearEnd() {
        return tape.used() > tape.capacity - tape.earlyWarning;
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        run("mark", result, () -> {
            for (int i = 0; i < count; i++) {
                append(MemoryTape.MARK, "writeFileMarks");
            }
            flushedAt = at;
            result.set(nearEnd() ? Outcome.EARLY_WARNING : Outcome.DONE, count);
        });
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        run("space", result, () -> {
            long passed = 0;
            result.set(Outcome.DONE, 0);
            while (passed < Math.abs(count) && result.outcome() == Outcome.DONE) {
                if (count < 0 ? at == 0 : at == tape.entries.size()) {
                    result.set(count < 0 ? Outcome.BEGINNING_OF_PARTITION : Outcome.END_OF_DATA, passed);
                } else if (tape.entries.get(count < 0 ? at - 1 : at) == MemoryTape.MARK) {
                    at += count < 0 ? -1 : 1;
                    result.set(Outcome.FILE_MARK, passed);
                } else {
                    at += count < 0 ? -1 : 1;
                    passed++;
                }
            }
            result.set(result.outcome(), passed);
        });
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        run("space", result, () -> {
            long passed = 0;
            while (passed < Math.abs(count) && (count < 0 ? at > 0 : at < tape.entries.size())) {
                at += count < 0 ? -1 : 1;
                if (tape.entries.get(count < 0 ? at : at - 1) == MemoryTape.MARK) {
                    passed++;
                }
            }
            Outcome end = count < 0 ? Outcome.BEGINNING_OF_PARTITION : Outcome.END_OF_DATA;
            result.set(passed == Math.abs(count) ? Outcome.DONE : end, passed);
        });
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        run("end", result, () -> moveTo(tape.entries.size()));
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        run("locate", result, () -> {
            moveTo((int) Math.min(position.blockAddress(), tape.entries.size()));
            if (at < position.blockAddress()) {
                throw failure(Kind.END_OF_DATA, "locate").build();
            }
        });
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        run("rewind", result, () -> moveTo(0));
    }

    private void moveTo(int address) {
        at = address;
        lost = false;
    }

    @Override
    public void flush() throws StorageException {
        run("flush", new TapeResult(), () -> flushedAt = at);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public Geometry geometry() {
        return Geometry.builder().maximumRecordSize(maximumRecordSize).build();
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public TapePosition position() {
        return lost ? TapePosition.unknown() : TapePosition.at(Source.DRIVE, 0, at);
    }

    @Override
    public TapeStatus status() {
        return TapeStatus.builder().blockSize(blockSize).build();
    }

    @Override
    public void setBlockSize(int bytes) {
        blockSize = bytes;
    }

    @Override
    public void setDensity(int code) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setCompression(boolean on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void erase(TapeResult result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void load(TapeResult result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unload(TapeResult result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) {
        throw new UnsupportedOperationException();
    }
}
