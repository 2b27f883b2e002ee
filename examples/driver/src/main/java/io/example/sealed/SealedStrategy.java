package io.example.sealed;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Strategy;
import io.pinion.strategy.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Serves files whose blocks are encrypted and authenticated, with a key that the operator keeps in a file. */
@Component(service = IoStrategy.class, configurationPid = SealedStrategy.PID)
@Designate(ocd = SealedConfiguration.class)
@Strategy(value = SealedStrategy.NAME, strategy_schemes = SealedStrategy.SCHEME)
public final class SealedStrategy implements IoStrategy {
    static final String NAME = "sealed";
    static final String SCHEME = "sealed";
    static final String PID = "io.example.sealed";

    private volatile String keyFile;

    /** A strategy that takes its key from this file, without a container. */
    public SealedStrategy(Path keyFile) {
        this.keyFile = keyFile.toString();
    }

    /** Started by the component runtime. */
    @Activate
    public SealedStrategy(SealedConfiguration configuration) {
        keyFile = configuration.key_file();
    }

    @Modified
    void configure(SealedConfiguration configuration) {
        keyFile = configuration.key_file();
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        Path file = file(target);
        boolean missing = Files.notExists(file);
        if (!missing && !Files.isRegularFile(file)) {
            return Examination.unsuitable(file + " is no regular file");
        }
        try {
            SecretKey key = KeyFile.load(keyFile);
            if (!missing && !isToBeCreated(target, file)) {
                check(file, key);
            }
        } catch (StorageException e) {
            return Examination.unsuitable(e.detail());
        } catch (IOException e) {
            throw failure("examine", target, e);
        }
        Examination.Builder found = Examination.suitable(target, SealedChannel.GEOMETRY)
                .capability(Capability.SET_SIZE)
                .backing(Target.of(Path.of(target.rest())));
        if (missing) {
            found.note("there is no such file yet; a volume with size creates it");
        } else if (!Files.isWritable(file)) {
            found.access(Access.READ_ONLY).note("this process may only read the file");
        }
        return found.build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        try {
            SecretKey key = KeyFile.load(keyFile);
            SealedFile file = new SealedFile(file(target), options.access().canWrite());
            return new SealedChannel(target, file, key);
        } catch (IOException e) {
            throw failure("open", target, e);
        }
    }

    /** Core has created it just now, empty; the channel writes the header when it begins. */
    private static boolean isToBeCreated(Target target, Path file) {
        return target.claim().map(Claim::isCreated).orElse(false)
                && file.toFile().length() == 0;
    }

    private static void check(Path path, SecretKey key) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            Header.check(file, key);
        }
    }

    /** The claim's path where there is a claim: it leads to the same file whatever has become of its name. */
    private static Path file(Target target) {
        return target.claim().isPresent() ? target.path() : Path.of(target.rest());
    }

    private static StorageException failure(String operation, Target target, IOException e) {
        return StorageException.of(operation, e).target(target).strategy(NAME).build();
    }
}
