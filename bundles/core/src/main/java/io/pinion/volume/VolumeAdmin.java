package io.pinion.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows what volumes and drives do and why, and changes it. A service. Any thread; methods that change something wait
 * for it, within the volume's own bounds. An unknown name is {@code NOT_FOUND}, with the names there are.
 *
 * <p>Methods that show volumes never wait for a swap, and for a driver that does not answer once, up to a second. In a
 * container the service's property {@code service.changecount} grows whenever a volume has been configured or deleted,
 * open or not: whoever keeps something for each volume learns of it by the modification of the service.
 */
@ProviderType
public interface VolumeAdmin {
    /** {@return all volumes and drives, by name} */
    List<VolumeStatus> volumes();

    /** {@return one volume; empty when there is none of that name} */
    Optional<VolumeStatus> volume(String name);

    /** {@return the configurations that were refused and not corrected since, those of running volumes included} */
    List<ConfigurationRefusal> refusals();

    /** {@return all registered strategies, by name, those that are not used included} */
    List<StrategyStatus> strategies();

    /** {@return each strategy in use that serves the target's scheme, and what it says of the target} Changes nothing. */
    List<StrategyChoice> strategies(Target target) throws StorageException;

    /**
     * Swaps a volume to a strategy by hand. This overrides the configuration until it is cleared, the volume's
     * configuration changes, or a restart. The strategy need not be among the preferences. The calling thread's own
     * queues on the volume are drained first.
     *
     * @return what came of it; also of an attempt that was refused or failed
     */
    SwapReport swap(String name, String strategy) throws StorageException;

    /** Swaps as {@link #swap}, and, once that was published, writes the strategy to the configuration as its first choice. */
    SwapReport swapAndSave(String name, String strategy) throws StorageException;

    /** Ends an override: the volume goes back to what its configuration says. Returns once that was tried. */
    void clearOverride(String name) throws StorageException;

    /**
     * Closes a volume's channel and claim and opens them again; callers wait meanwhile. In place of a device that was pulled
     * out it takes whatever is there under the target's name.
     *
     * @param acceptLoss whether a failed flush is forgiven: what the kernel kept of lost writes is dropped first, so that
     *     what is read afterwards is what the device holds; and that a device was pulled out with something unflushed, or
     *     shrank
     * @throws StorageException {@code FLUSH_FAILED} or {@code TARGET_CHANGED} when the volume has lost something and that is
     *     not accepted; others as for opening, and the volume is then {@code WAITING} or {@code FAILED}
     */
    void reopen(String name, boolean acceptLoss) throws StorageException;

    /** {@return the volume's latest swaps and attempts, latest first} */
    List<SwapReport> history(String name) throws StorageException;

    /** {@return the volume's figures} */
    VolumeStatistics statistics(String name) throws StorageException;

    /**
     * Has some of a volume's traffic shown to an observer, until that is closed or the volume ends: also one that begins anew
     * with another target. While nobody observes it costs nothing.
     *
     * @throws StorageException {@code NOT_FOUND}; {@code WRONG_TYPE} for a drive
     */
    Observation observe(String name, TrafficObserver observer) throws StorageException;

    /** {@return sentences that answer: why is it slow, waiting, bounced, overridden, or not as preferred} */
    List<String> why(String name) throws StorageException;
}
