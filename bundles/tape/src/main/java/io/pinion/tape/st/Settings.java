package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drive's settings, which outlive whoever changes them: what was changed is changed back when the drive is given up, and
 * not when a successor goes on with it, who is told what it was before. For the channel's thread alone.
 */
final class Settings {
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final TapeDevice device;
    private final Blocks blocks;
    private final Limits limits;
    private final DriveFacts facts;
    private final Failures failures;

    /** What was so before it was changed. */
    private final Map<Setting, Integer> before = new EnumMap<>(Setting.class);

    Settings(TapeDevice device, Blocks blocks, Limits limits, DriveFacts facts, Failures failures) {
        this.device = device;
        this.blocks = blocks;
        this.limits = limits;
        this.facts = facts;
        this.failures = failures;
    }

    /** In the order in which they are changed back: a density may bring a block size with it. */
    private enum Setting {
        DENSITY("tape.density", Linux.MTSETDENSITY),
        BLOCK_SIZE("tape.blockSize", Linux.MTSETBLK),
        COMPRESSION("tape.compression", Linux.MTCOMPRESSION);

        private final String key;
        private final int operation;

        Setting(String key, int operation) {
            this.key = key;
            this.operation = operation;
        }
    }

    /** Takes over what a predecessor has changed. */
    void begin(Handover handover) {
        for (Setting setting : Setting.values()) {
            handover.value(setting.key).ifPresent(value -> before.put(setting, Integer.valueOf(value)));
        }
    }

    /** {@return the handover, with what was so before} */
    Handover end(Handover handover) {
        Handover all = handover;
        for (Map.Entry<Setting, Integer> entry : before.entrySet()) {
            all = all.with(entry.getKey().key, entry.getValue().toString());
        }
        return all;
    }

    /** As {@link io.pinion.strategy.TapeChannel#setBlockSize}. */
    void setBlockSize(int bytes) throws StorageException {
        if (bytes < 0 || bytes != 0 && !limits.allows(bytes)) {
            throw invalid(
                    "setBlockSize",
                    "bytes=" + bytes + "; allowed: 0 for records of any length, or a length: " + limits);
        }
        change(
                "setBlockSize",
                Setting.BLOCK_SIZE,
                bytes,
                blocks.size(),
                "the drive does not take bytes=" + bytes + "; " + limits);
        device.look();
        blocks.take(device.status());
    }

    /** As {@link io.pinion.strategy.TapeChannel#setDensity}. */
    void setDensity(int code) throws StorageException {
        if (code < 0 || code > 0xff) {
            throw invalid("setDensity", "code=" + code + "; allowed: 0, which is the drive's default, to 255");
        }
        device.look();
        change(
                "setDensity",
                Setting.DENSITY,
                code,
                device.status().density(),
                "the drive does not have density code=" + code + ", or not with this tape; 'mt densities' lists codes");
    }

    /** As {@link io.pinion.strategy.TapeChannel#setCompression}. */
    void setCompression(boolean on) throws StorageException {
        int old = facts.compression().map(was -> was ? 1 : 0).orElse(-1);
        int result = device.operate(Linux.MTCOMPRESSION, on ? 1 : 0);
        if (Errno.EIO.is(result) && isAnswering()) {
            throw Errno.failure(
                            Kind.UNSUPPORTED,
                            "setCompression",
                            result,
                            "the drive has no compression that can be switched")
                    .build();
        }
        done("setCompression", Setting.COMPRESSION, result, old);
    }

    private void change(String operation, Setting setting, int value, int old, String refusal) throws StorageException {
        int result = device.operate(setting.operation, value);
        if (Errno.EIO.is(result) && isAnswering() || Errno.EINVAL.is(result)) {
            throw Errno.failure(Kind.INVALID_ARGUMENT, operation, result, refusal)
                    .build();
        }
        done(operation, setting, result, old);
    }

    private boolean isAnswering() {
        return device.look() >= 0 && device.status().is(Linux.GMT_ONLINE);
    }

    private void done(String operation, Setting setting, int result, int old) throws StorageException {
        if (result < 0) {
            throw failures.of(operation, result, 0, 0).build();
        }
        if (old >= 0) {
            before.putIfAbsent(setting, old);
        }
    }

    private static StorageException invalid(String operation, String words) {
        return StorageException.of(Kind.INVALID_ARGUMENT, operation, words).build();
    }

    /** Changes back what was changed. Without a tape, or after a reset, most drives have done so themselves. */
    void restore() {
        before.forEach((setting, value) -> {
            int result = device.operate(setting.operation, value);
            if (result < 0) {
                LOG.info("{}={} could not be restored: {}", setting.key, value, Errno.text(result));
            }
        });
        before.clear();
    }
}
