package io.pinion.guest.device;

import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A strategy whose channels go back one by one, over records and over file marks: when the drive of scsi_debug goes back over several
 * at once, it misses every other of marks that follow each other, and a mark that is the last of records (resp_space in the kernel's
 * drivers/scsi/scsi_debug.c).
 */
public final class StepsBack implements IoStrategy {
    private final IoStrategy strategy;

    /** Of a strategy. */
    public StepsBack(IoStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        return strategy.examine(target);
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        TapeChannel channel = (TapeChannel) strategy.open(target, options);
        return (IoChannel) Proxy.newProxyInstance(
                TapeChannel.class.getClassLoader(),
                new Class<?>[] {TapeChannel.class},
                (proxy, method, arguments) -> call(channel, method, arguments));
    }

    private static Object call(TapeChannel channel, Method method, Object[] arguments) throws Throwable {
        boolean records = method.getName().equals("spaceRecords");
        if ((records || method.getName().equals("spaceFileMarks")) && (long) arguments[0] < -1) {
            Step step = records ? channel::spaceRecords : channel::spaceFileMarks;
            back(step, -(long) arguments[0], (TapeResult) arguments[1]);
            return null;
        }
        try {
            return method.invoke(channel, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Step {
        void space(long count, TapeResult result) throws StorageException;
    }

    private static void back(Step step, long count, TapeResult result) throws StorageException {
        long done = 0;
        do {
            step.space(-1, result);
            done += result.count();
        } while (done < count && result.outcome() == Outcome.DONE);
        result.set(result.outcome(), done);
    }
}
