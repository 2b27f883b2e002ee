package io.pinion.tape.image;

import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Strategy {@code tape-image}: tapes in files, in the format {@code .tap} of the SIMH simulators, old and extended. A target is
 * {@code tape-image:/path/backup.tap}, if wanted with {@code ?capacity=10GiB&early-warning=64MiB}. An empty file is a blank tape;
 * one that is not to be written is a protected one.
 */
@Component(service = IoStrategy.class)
@Strategy(value = TapeImageStrategy.NAME, strategy_schemes = TapeImageStrategy.NAME, strategy_shape = "tape")
public final class TapeImageStrategy implements IoStrategy {
    static final String NAME = "tape-image";

    private final SystemCalls calls;

    /** Started by the component runtime; for a host without a container, too. */
    @Activate
    public TapeImageStrategy(@Reference SystemCalls calls) {
        this.calls = Objects.requireNonNull(calls);
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        ImageTarget image;
        try {
            image = ImageTarget.of(target);
        } catch (IllegalArgumentException e) {
            return Examination.unsuitable(e.getMessage());
        }
        Path path = image.opened(target);
        Examination.Builder found = Examination.suitable(target, TapeImageChannel.GEOMETRY)
                .capability(Capability.ZERO_COPY, Capability.FIXED_BLOCKS, Capability.ERASE, Capability.LOAD)
                .backing(Target.of(image.path()));
        if (Files.notExists(path)) {
            return found.note("there is no such file yet; it is created, as a blank tape")
                    .build();
        }
        if (!Files.isRegularFile(path)) {
            return Examination.unsuitable(image.path() + " is no regular file; strategy tape serves drives");
        }
        try (ImageFile file = ImageFile.open(calls, target, path, Access.READ_ONLY)) {
            Remarks remarks = new Remarks();
            ImageReader reader = new ImageReader(file, remarks);
            // Of a tape that is in use, the end may be on its way into the file: its channel knows better.
            boolean growing = target.claim().isPresent();
            Optional<String> refusal = Beginning.refusal(reader, growing);
            if (refusal.isPresent()) {
                return Examination.unsuitable(image.path() + ": " + refusal.get());
            }
            if (!growing) {
                new Tape(file, reader, remarks).look();
            }
            remarks.sentences().forEach(found::note);
        }
        if (!Files.isWritable(path)) {
            found.access(Access.READ_ONLY).note("the file, or its file system, is not to be written: a protected tape");
        }
        return found.build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        try {
            ImageTarget image = ImageTarget.of(target);
            ImageFile file = ImageFile.open(calls, target, image.opened(target), options.access());
            return new TapeImageChannel(file, options.access(), image, options.meter());
        } catch (IllegalArgumentException e) {
            throw StorageException.of(Kind.INVALID_ARGUMENT, "open", e.getMessage())
                    .target(target)
                    .strategy(NAME)
                    .build();
        }
    }
}
