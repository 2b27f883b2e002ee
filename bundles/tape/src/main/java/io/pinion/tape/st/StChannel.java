package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.Occupancy;
import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;

/**
 * A tape drive, by the claim's descriptor. Core lets one thread in at a time. Closing it while a call runs gives the drive's
 * settings back when that is done, as the last one out; operations that come later fail with {@code CLOSED}.
 */
final class StChannel implements TapeChannel {
    private final Target target;
    private final Geometry geometry;
    private final ChannelMode mode;
    private final TapeDevice device;
    private final Place place;
    private final Blocks blocks;
    private final Reading reading;
    private final EndOfMedium end;
    private final Writing writing;
    private final Moving moving;
    private final Locating locating;
    private final Medium medium;
    private final Settings settings;
    private final StatusReport report;
    private final Occupancy occupancy = new Occupancy(this::giveBack);

    /** Whether a successor restores the settings: so it is until this one is asked for something again, because that one failed. */
    private volatile boolean handedOver = true;

    /** @param descriptor the claim's, which is open until the last call of this is over */
    StChannel(
            SystemCalls calls,
            int descriptor,
            TapeSysfs sysfs,
            Limits limits,
            Target target,
            Geometry geometry,
            ChannelMode mode,
            OpenOptions options) {
        this.target = target;
        this.geometry = geometry;
        this.mode = mode;
        device = new TapeDevice(calls, descriptor);
        ScsiCommands scsi = device.scsi();
        DriveFacts facts = new DriveFacts(sysfs, scsi);
        place = new Place(device, sysfs);
        blocks = new Blocks(limits);
        Failures failures = new Failures(device, place, limits, blocks);
        Transfers transfers = new Transfers(calls, device, sysfs, options.meter());
        reading = new Reading(device, scsi, place, transfers, blocks, failures);
        end = new EndOfMedium(place);
        writing = new Writing(device, scsi, sysfs, place, transfers, blocks, failures, end, options.access());
        moving = new Moving(device, place, writing, failures);
        locating = new Locating(device, sysfs, place, writing, failures, options.meter());
        medium = new Medium(device, place, writing, blocks, failures);
        settings = new Settings(device, blocks, limits, facts, failures);
        report = new StatusReport(device, place, end, facts, limits);
    }

    /** What moves the tape. */
    private interface Operation {
        void run() throws StorageException;
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public ChannelMode mode() {
        return mode;
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        inside("begin", () -> {
            int looked = device.look();
            // Some kernels tell nothing after a reset, until the tape was repositioned.
            if (looked < 0 && !Errno.EIO.is(looked)) {
                throw Errno.failure("begin", looked).build();
            }
            boolean ready = looked >= 0 && device.status().is(Linux.GMT_ONLINE);
            place.begin(handover, ready);
            blocks.take(device.status());
            end.begin(handover);
            writing.begin();
            // Last: a channel that could not begin leaves the drive as it found it.
            settings.begin(handover);
        });
    }

    @Override
    public Handover end(Handover handover) throws StorageException {
        Handover all = end.end(settings.end(handover));
        handedOver = true;
        return all;
    }

    @Override
    public void read(ByteBuffer buffer, TapeResult result) throws StorageException {
        int inside = enter("read");
        try {
            reading.read(buffer, result);
        } catch (StorageException e) {
            throw located(e);
        } finally {
            place.fill(result);
            occupancy.leave(inside);
        }
    }

    @Override
    public void write(ByteBuffer buffer, TapeResult result) throws StorageException {
        int inside = enter("write");
        try {
            writing.write(buffer, result);
        } catch (StorageException e) {
            throw located(e);
        } finally {
            place.fill(result);
            occupancy.leave(inside);
        }
    }

    @Override
    public void writeFileMarks(int count, TapeResult result) throws StorageException {
        inside("writeFileMarks", result, () -> writing.writeFileMarks(count, result));
    }

    @Override
    public void spaceRecords(long count, TapeResult result) throws StorageException {
        inside("spaceRecords", result, () -> moving.records(count, result));
    }

    @Override
    public void spaceFileMarks(long count, TapeResult result) throws StorageException {
        inside("spaceFileMarks", result, () -> moving.fileMarks(count, result));
    }

    @Override
    public void spaceToEndOfData(TapeResult result) throws StorageException {
        inside("spaceToEndOfData", result, () -> locating.endOfData(result));
    }

    @Override
    public void locate(TapePosition position, TapeResult result) throws StorageException {
        inside("locate", result, () -> locating.locate(position, result));
    }

    @Override
    public void rewind(TapeResult result) throws StorageException {
        inside("rewind", result, () -> locating.rewind(result));
    }

    @Override
    public void erase(TapeResult result) throws StorageException {
        inside("erase", result, () -> medium.erase(result));
    }

    @Override
    public void load(TapeResult result) throws StorageException {
        inside("load", result, () -> medium.load(result));
    }

    @Override
    public void unload(TapeResult result) throws StorageException {
        inside("unload", result, () -> medium.unload(result));
    }

    @Override
    public TapePosition position() throws StorageException {
        int inside = enter("position");
        try {
            return report.position();
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public TapeStatus status() throws StorageException {
        int inside = enter("status");
        try {
            return report.status();
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public void flush() throws StorageException {
        int inside = enter("flush");
        try {
            writing.flush();
        } catch (StorageException e) {
            throw located(e);
        } finally {
            occupancy.leave(inside);
        }
    }

    @Override
    public void setBlockSize(int bytes) throws StorageException {
        set("setBlockSize", () -> settings.setBlockSize(bytes));
    }

    @Override
    public void setDensity(int code) throws StorageException {
        set("setDensity", () -> settings.setDensity(code));
    }

    @Override
    public void setCompression(boolean on) throws StorageException {
        set("setCompression", () -> settings.setCompression(on));
    }

    /** The driver changes none while it holds what was written, nor after a reset. */
    private void set(String operation, Operation change) throws StorageException {
        inside(operation, () -> {
            place.require(operation);
            writing.flush();
            change.run();
        });
    }

    private void inside(String operation, TapeResult result, Operation work) throws StorageException {
        inside(operation, () -> {
            try {
                work.run();
            } finally {
                place.fill(result);
            }
        });
    }

    private void inside(String operation, Operation work) throws StorageException {
        int inside = enter(operation);
        try {
            work.run();
        } catch (StorageException e) {
            throw located(e);
        } finally {
            occupancy.leave(inside);
        }
    }

    private int enter(String operation) throws StorageException {
        int inside = occupancy.enter();
        if (inside == Occupancy.CLOSED) {
            throw located(StorageException.of(Kind.CLOSED, operation, "the channel is closed")
                    .build());
        }
        handedOver = false;
        return inside;
    }

    private StorageException located(StorageException e) {
        return e.in(target, TapeStrategy.NAME);
    }

    @Override
    public void close() {
        occupancy.close();
    }

    private void giveBack() {
        if (!handedOver) {
            settings.restore();
        }
    }
}
