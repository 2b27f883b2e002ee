package io.pinion.tck;

import io.pinion.strategy.StorageException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults that are injected, by the call that they strike. Safe for any thread. */
final class Faults {
    private final Map<Call, List<Fault>> faults = new EnumMap<>(Call.class);

    Faults() {
        for (Call call : Call.values()) {
            faults.put(call, new CopyOnWriteArrayList<>());
        }
    }

    void inject(Call call, Fault fault) {
        faults.get(call).add(fault);
    }

    void remove(Fault fault) {
        faults.values().forEach(list -> list.remove(fault));
        fault.release();
    }

    void clear() {
        faults.values().forEach(list -> list.forEach(this::remove));
    }

    /** {@return the fault that strikes this call; null when none does} */
    Fault next(Call call) {
        for (Fault fault : faults.get(call)) {
            if (fault.strikes()) {
                return fault;
            }
        }
        return null;
    }

    /** Lets a call that transfers nothing be struck. */
    void strike(Call call, String operation) throws StorageException {
        Fault fault = next(call);
        if (fault != null) {
            fault.before(operation, -1, -1);
        }
    }
}
