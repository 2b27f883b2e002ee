package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver: one way to move bytes to and from targets. Registered as a service with the properties that
 * {@link Strategy} sets; core finds it by name, and applications never see it.
 *
 * <p>Both methods are called by core's own threads, several at once for different volumes, never while core holds a
 * lock, save that which lets one call at a time into a drive. Each call has a bound (30 s): a driver that does not return is
 * reported as hanging, and only its own volume suffers.
 *
 * <p>When the service is unregistered, no channel ends by that: core closes each one once nothing is in flight on it, which
 * may be later. A driver closes none by itself and frees nothing that they use.
 *
 * <p>Strategies that serve {@code path} are exchanged for one another on the same bytes, so one that stores anything else
 * than the application's bytes (encrypted, compressed, with a header) has a scheme of its own, and names the file or device
 * beneath by {@link Examination.Builder#backing}: core claims that before {@code open}.
 *
 * <p>Settings are the driver's own, a configuration of its component; a volume's configuration passes none. What differs from
 * target to target is in the rest of the target, which the driver alone reads. Targets are shown and logged: no secrets there.
 */
@ConsumerType
public interface IoStrategy {
    /**
     * Finds out whether this strategy can serve the target, with what geometry, identity and capabilities, or why not.
     * Never changes the target (a trial write is a change; a trial read is not), holds nothing afterwards. A {@code path}
     * file that is to be created exists already. An exclusive target that is claimed is examined only while nothing is in
     * flight on it; without its claim it is not opened, since somebody may hold it.
     *
     * <p>A target with a scheme of its own is examined without a claim first, to learn what is beneath, which may be missing
     * (suitable, if it can be created); then as claimed, when a file that was created for the volume is still empty
     * ({@link Claim#isCreated}).
     *
     * <p>A target that cannot be served is a result, not an exception: {@link Examination#unsuitable}.
     *
     * @throws StorageException when it cannot be told: {@code NOT_FOUND}, {@code ACCESS_DENIED}, {@code IO_ERROR}
     */
    Examination examine(Target target) throws StorageException;

    /**
     * Opens a channel on the target, beside a predecessor that may still be serving it: until
     * {@link IoChannel#begin} the channel may check, but must not write, nor remember length, content or position. A
     * {@code path} target is opened by {@link Target#path()}, never with O_EXCL or a file lock: the claim has them.
     *
     * @return a {@link PositionalChannel} or a {@link TapeChannel}, as the strategy's {@link Shape} says
     * @throws StorageException when it cannot be opened; nothing is held then
     */
    IoChannel open(Target target, OpenOptions options) throws StorageException;
}
