package io.pinion.core.control;

import io.pinion.core.volume.Background;
import io.pinion.core.volume.Gated;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes volumes known on other threads than their reconcilers', because whoever learns of a volume may use it at once, and
 * wait for its reconciler. One call at a time per volume; of wishes that wait only the latest is carried out.
 */
final class SerialPublication implements Publication {
    private final Publication publication;
    private final Background background;
    private final Map<Gated, Wish> wishes = new HashMap<>();
    private final AtomicInteger listChanges = new AtomicInteger();
    private final Lock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    /** How many are telling somebody, or are about to. */
    private int telling;

    SerialPublication(Publication publication, Background background) {
        this.publication = publication;
        this.background = background;
    }

    /** As what a volume is to be known, or not at all. */
    private static final class Wish {
        private Optional<Facts> facts = Optional.empty();
        private boolean underWay;
    }

    @Override
    public void publish(Gated gated, Facts facts) {
        wish(gated, Optional.of(facts));
    }

    @Override
    public void withdraw(Gated gated) {
        wish(gated, Optional.empty());
    }

    @Override
    public void listChanged() {
        if (listChanges.getAndIncrement() == 0) {
            run(this::tellOfList);
        }
    }

    private void tellOfList() {
        int told;
        do {
            told = listChanges.get();
            publication.listChanged();
        } while (!listChanges.compareAndSet(told, 0));
    }

    private void wish(Gated gated, Optional<Facts> facts) {
        synchronized (wishes) {
            Wish wish = wishes.computeIfAbsent(gated, v -> new Wish());
            if (wish.facts.equals(facts)) {
                return;
            }
            wish.facts = facts;
            if (wish.underWay) {
                return;
            }
            wish.underWay = true;
        }
        run(() -> carryOut(gated));
    }

    /** Where no thread can be had it is told here: late, and at worst after somebody's bounded wait, is better than never. */
    private void run(Runnable task) {
        count(1);
        Runnable counted = () -> {
            try {
                task.run();
            } finally {
                count(-1);
            }
        };
        try {
            background.run(counted);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            counted.run();
        }
    }

    private void count(int change) {
        lock.lock();
        try {
            telling += change;
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was wished for so far has been told; {@return whether that came true in time} */
    boolean awaitTold(long nanos) {
        lock.lock();
        try {
            return Wishes.await(told, () -> telling == 0, nanos);
        } finally {
            lock.unlock();
        }
    }

    private void carryOut(Gated gated) {
        Optional<Facts> wanted;
        do {
            wanted = wanted(gated);
            if (wanted.isPresent()) {
                publication.publish(gated, wanted.get());
            } else {
                publication.withdraw(gated);
            }
        } while (!isCarriedOut(gated, wanted));
    }

    private Optional<Facts> wanted(Gated gated) {
        synchronized (wishes) {
            return wishes.get(gated).facts;
        }
    }

    private boolean isCarriedOut(Gated gated, Optional<Facts> facts) {
        synchronized (wishes) {
            Wish wish = wishes.get(gated);
            if (!wish.facts.equals(facts)) {
                return false;
            }
            wish.underWay = false;
            if (facts.isEmpty()) {
                wishes.remove(gated);
            }
            return true;
        }
    }
}
