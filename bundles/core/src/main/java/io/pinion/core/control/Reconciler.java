package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.control.Wishes.Taken;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.VolumeState;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One volume's only decider: a thread that compares what is wanted (configuration, override, strategies that are there)
 * with what is, and acts. Everybody else leaves a wish and, at most, waits within a bound.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Wishes wishes;
    private final Surroundings around;
    private final Actual actual;
    private final Agenda agenda;
    private final Hold hold;
    private final InHand inHand;
    private final Consultation consultation;
    private final Choice choice;
    private final Patrol patrol;
    private final Reopenings reopenings;
    private final Thread thread;
    private volatile boolean hasRest;

    Reconciler(VolumeConfiguration configuration, Surroundings around) {
        this.around = around;
        this.wishes = new Wishes(configuration);
        this.actual = new Actual(configuration, around.transfers(), around.bounds(), wishes::look);
        this.agenda = new Agenda(actual);
        this.hold = new Hold(actual, around);
        this.inHand = new InHand(actual, wishes);
        this.consultation = new Consultation(around, this);
        this.choice = new Choice(actual, around, inHand, agenda, consultation);
        this.patrol = new Patrol(actual, around);
        this.reopenings = new Reopenings(actual);
        this.thread = new Thread(this::run, "pinion-volume-" + configuration.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Wishes wishes() {
        return wishes;
    }

    Actual actual() {
        return actual;
    }

    /** {@return what waits for this volume when a strategy leaves} */
    InHand inHand() {
        return inHand;
    }

    /** {@return who chooses who serves} */
    Choice choice() {
        return choice;
    }

    /** {@return who is asked when the choice is left to a chooser} */
    Consultation consultation() {
        return consultation;
    }

    private void run() {
        Taken wanted = wishes.take(0);
        while (!wanted.closing()) {
            agenda.begin();
            try {
                inHand.take(Optional.empty());
                step(wanted);
                actual.volume.queues().sweep();
                actual.gate.ledger().look();
                patrol.go();
                choice.forgetWhoLeft();
                publish();
            } catch (RuntimeException | Error e) {
                // Whatever it was: without this thread the volume would never be served, nor flushed, again.
                LOG.error("{}: the reconciler met a defect", actual.volume, e);
                actual.reason = "a defect: " + e;
                wanted.refuse(e);
            } finally {
                inHand.letGo();
            }
            wanted = wishes.take(agenda.wakeIn());
        }
        end(wanted);
    }

    private void end(Taken wanted) {
        StorageException closed = StorageException.of(Kind.CLOSED, "command", actual.volume + " is closed")
                .build();
        wanted.refuse(closed);
        reopenings.fail(closed);
        consultation.end();
        Shutdown shutdown = new Shutdown(actual, around);
        inHand.take(Optional.empty());
        try {
            shutdown.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: closing it met a defect", actual.volume, e);
        } finally {
            inHand.letGo();
            hasRest = shutdown.hasRest();
            wishes.ended(closed);
        }
        shutdown.giveBackTheRest();
    }

    private void step(Taken wanted) {
        if (!wanted.configuration().equals(actual.configuration)) {
            if (!wanted.configuration().preferences().equals(actual.configuration.preferences())) {
                consultation.end();
                choice.forgetChosen();
            }
            actual.configuration = wanted.configuration();
            choice.clearOverride("configuration");
            choice.forgetFailures();
            hold.forgetFailures();
        }
        for (Wishes.Command command : wanted.commands()) {
            perform(command);
        }
        consultation.look(actual.configuration.auto());
        boolean departed = departed();
        if (actual.lostData == null && departed && hold()) {
            if (wanted.swap() != null) {
                choice.perform(wanted.swap());
            }
            if (wanted.chosen() != null) {
                choice.follow(wanted.chosen());
            }
            if (actual.lostData == null) {
                choice.choose();
            }
        } else {
            Stream.of(wanted.swap(), wanted.chosen()).filter(Objects::nonNull).forEach(choice::refuse);
        }
        if (actual.lostData != null) {
            // It looks for no successor.
            choice.letGoOfWhoLeft("");
        }
        reopenings.complete(wanted.commands(), agenda.isSettling());
    }

    /** {@return whether nothing is held of a device that was pulled out} */
    private boolean departed() {
        Removal removal = actual.removal;
        boolean departed = removal == null || new Departure(actual, around).run(removal);
        if (!departed) {
            agenda.lookIn(Agenda.HOUSEKEEPING_NANOS);
        }
        return departed;
    }

    private void perform(Wishes.Command command) {
        switch (command.what()) {
            case CLEAR_OVERRIDE -> choice.clearOverride("override cleared");
            case REOPEN, REOPEN_ACCEPTING_LOSS -> {
                try {
                    boolean accept = command.what() == Wishes.Command.What.REOPEN_ACCEPTING_LOSS;
                    new Reopening(actual, around, accept).run();
                    choice.forgetFailures();
                    choice.because("reopen");
                    hold.forgetFailures();
                    hold.consent(accept ? Consent.ANY_LOSS : Consent.ANY_DEVICE);
                    reopenings.add(command);
                } catch (StorageException e) {
                    command.fail(e);
                }
            }
        }
    }

    private boolean hold() {
        if (actual.holding != null) {
            return true;
        }
        Removal removal = actual.removal;
        Hold.Result result = hold.take(agenda.settleLeft());
        if (result.held()) {
            if (removal != null) {
                choice.because("device back");
            }
            return actual.lostData == null;
        }
        agenda.lookIn(result.againIn());
        if (result.settling()) {
            agenda.settle();
        }
        actual.waitFor(result.reason());
        return false;
    }

    private void publish() {
        Tenure serving = actual.tenure;
        if (actual.state == VolumeState.OPEN && serving != null) {
            long size = actual.holding.device().size();
            around.publication().publish(actual.volume, new Publication.Facts(serving.strategy(), size));
        } else if (actual.state == VolumeState.FAILED || actual.gate.closure().deadline() - System.nanoTime() <= 0) {
            around.publication().withdraw(actual.volume);
        }
    }

    /** {@return whether its end has left something that is still to be flushed and closed} Once the end has come. */
    boolean hasRest() {
        return hasRest;
    }

    /** Waits for the volume's end, after it was told to; {@return whether it has come} */
    boolean awaitEnd(long nanos) {
        return wishes.awaitEnded(nanos);
    }
}
