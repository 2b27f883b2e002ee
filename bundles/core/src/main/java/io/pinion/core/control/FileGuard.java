package io.pinion.core.control;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

/**
 * The guard where the operating system's bundle is absent: regular files alone for writing, told apart by what Java knows
 * of them. It keeps no other process out, because the only lock that Java has is lost when any descriptor of the file is
 * closed, which every swap does.
 */
public final class FileGuard implements TargetGuard {
    private static final int ZEROES = 1 << 20;

    @Override
    public TargetInspection inspect(Target target) throws StorageException {
        Path path = target.path();
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            TargetInspection.Kind kind = attributes.isRegularFile()
                    ? TargetInspection.Kind.REGULAR_FILE
                    : attributes.isDirectory() ? TargetInspection.Kind.DIRECTORY : TargetInspection.Kind.OTHER;
            Access access = Files.isWritable(path) ? Access.READ_WRITE : Access.READ_ONLY;
            return TargetInspection.of(kind, identity(path, attributes), attributes.size(), access, "");
        } catch (NoSuchFileException e) {
            return TargetInspection.of(TargetInspection.Kind.MISSING, "", 0, Access.READ_WRITE, "");
        } catch (IOException e) {
            throw failure("inspect", target, e);
        }
    }

    private static String identity(Path path, BasicFileAttributes attributes) throws IOException {
        Object key = attributes.fileKey();
        return "file:" + (key == null ? path.toRealPath() : key);
    }

    @Override
    public Claim claim(Target target, ClaimRequest request) throws StorageException {
        TargetInspection found = inspect(target);
        if (found.kind() == TargetInspection.Kind.MISSING
                && request.createSize().isPresent()) {
            return create(target, request);
        }
        switch (found.kind()) {
            case MISSING -> throw refused(Kind.NOT_FOUND, target, "there is no such file; set size to have it created");
            case REGULAR_FILE -> {}
            case DIRECTORY -> throw refused(Kind.WRONG_TYPE, target, "it is a directory; name a file");
            default ->
                throw refused(
                        Kind.WRONG_TYPE,
                        target,
                        "it is no regular file, and only bundle io.pinion.linux can claim devices");
        }
        try {
            Set<OpenOption> options = Set.of(StandardOpenOption.READ);
            if (request.access().canWrite()) {
                options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            }
            return new FileClaim(target, FileChannel.open(target.path(), options), found.identity(), request, false);
        } catch (IOException e) {
            throw failure("claim", target, e);
        }
    }

    private static Claim create(Target target, ClaimRequest request) throws StorageException {
        Path path = target.path();
        try {
            FileChannel channel = FileChannel.open(
                    path, EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
            try {
                allocate(channel, request.createSize().orElse(0));
                String identity = identity(path, Files.readAttributes(path, BasicFileAttributes.class));
                return new FileClaim(target, channel, identity, request, true);
            } catch (IOException | RuntimeException e) {
                channel.close();
                Files.deleteIfExists(path);
                throw e;
            }
        } catch (IOException e) {
            throw failure("create", target, e);
        }
    }

    private static void allocate(FileChannel channel, long size) throws IOException {
        ByteBuffer zeroes = ByteBuffer.allocateDirect((int) Math.min(ZEROES, Math.max(1, size)));
        for (long at = 0; at < size; ) {
            zeroes.clear().limit((int) Math.min(zeroes.capacity(), size - at));
            at += channel.write(zeroes, at);
        }
        channel.force(true);
    }

    private static StorageException refused(Kind kind, Target target, String detail) {
        return StorageException.of(kind, "claim", detail).target(target).build();
    }

    static StorageException failure(String operation, Target target, IOException thrown) {
        StorageException.Builder failure = thrown instanceof FileAlreadyExistsException
                ? StorageException.of(Kind.IN_USE, operation, thrown)
                : StorageException.of(operation, thrown);
        return failure.target(target).build();
    }
}
