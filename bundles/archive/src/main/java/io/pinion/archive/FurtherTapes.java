package io.pinion.archive;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Operator;
import io.pinion.shell.text.ProgressLine;
import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.NextTape;
import io.pinion.volume.tape.TapeRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Where a set of tapes goes on: in the drives that were named with the command, one after the other, then wherever the operator says, as
 * tar(1) asks with {@code -M}. Every drive is the command's own, among commands, until this is closed. For one thread, the command's.
 */
final class FurtherTapes implements NextTape, AutoCloseable {
    private static final String ANSWERS = "Enter: it is in; n NAME: it is in drive NAME; q: give up: ";

    private final Drives drives;
    private final String what;
    private final Operator operator;
    private final ProgressLine line;
    private final PrintStream output;
    private final Deque<TapeDrive> named = new ArrayDeque<>();
    private final List<TapeDrive> taken = new ArrayList<>();
    private final List<Drives.Use> uses = new ArrayList<>();
    private TapeDrive present;
    private boolean ejected;

    /**
     * Takes the first drive.
     *
     * @param what the command is doing: {@code write}
     * @param line of progress, which questions interrupt
     */
    FurtherTapes(Drives drives, TapeDrive first, String what, Operator operator, ProgressLine line, PrintStream output)
            throws CommandFailure {
        this.drives = drives;
        this.what = what;
        this.operator = operator;
        this.line = line;
        this.output = output;
        present = first;
        take(first);
    }

    private void take(TapeDrive drive) throws CommandFailure {
        if (!taken.contains(drive)) {
            uses.add(drives.take(drive, what));
            taken.add(drive);
        }
    }

    /** Takes the drives of these names, parted by commas, before any is needed. */
    void name(String names) throws CommandFailure {
        for (String name : names.split(",")) {
            TapeDrive drive = drives.find(name.strip());
            if (taken.contains(drive)) {
                throw new CommandFailure("drive " + drive.name()
                        + " is named twice: a set goes on on another tape, and nobody is there to change this one");
            }
            take(drive);
            named.add(drive);
        }
    }

    /** {@return whether there can be a next tape} */
    boolean isAny() {
        return !named.isEmpty() || operator.isPresent();
    }

    /** {@return the drive that the tape in use is in} */
    TapeDrive present() {
        return present;
    }

    /** {@return where the tape in use stands, in words} */
    String place() {
        if (ejected) {
            return "the tape of drive " + present.name() + " was ejected";
        }
        try {
            return Stand.of(present.position());
        } catch (StorageException e) {
            return e.detail();
        }
    }

    /** {@return whether the tape in use is still the one that was in this drive when the command began} */
    boolean isStill(TapeDrive drive) {
        return present == drive && !ejected;
    }

    @Override
    public Optional<TapeDrive> next(TapeRequest request) throws StorageException {
        line.end();
        request.refusal().ifPresent(refused -> output.println(request.drive().name() + ": " + refused.detail()));
        TapeDrive next = named.poll();
        if (next == null && operator.isPresent()) {
            eject(request.drive());
            next = asked(request);
        }
        if (next != null) {
            present = next;
            ejected = false;
            output.println("tape " + request.tape() + " of the set: in drive " + next.name());
        }
        return Optional.ofNullable(next);
    }

    /** Has the tape out, so that another can be put in: nobody else could while the command has the drive. */
    private void eject(TapeDrive drive) {
        try {
            if (drive.capabilities().contains(Capability.LOAD)) {
                drive.unload(new TapeResult());
                ejected = true;
                output.println(drive.name() + ": ejected");
            }
        } catch (StorageException e) {
            output.println(drive.name() + ": not ejected: " + e.detail());
        }
    }

    private TapeDrive asked(TapeRequest request) throws StorageException {
        String wanted = "tape " + request.tape()
                + request.set().map(set -> " of set " + set).orElse(" of the set");
        while (true) {
            String answer = answer("Put in " + wanted + ". " + ANSWERS);
            String[] words = answer.split("\\s+");
            if (answer.equals("q")) {
                return null;
            }
            if (answer.isEmpty() || words[0].equals("n") && words.length == 2) {
                try {
                    return loaded(answer.isEmpty() ? request.drive() : drives.find(words[1]));
                } catch (CommandFailure | StorageException e) {
                    output.println(e.getMessage());
                }
            }
        }
    }

    private TapeDrive loaded(TapeDrive drive) throws CommandFailure, StorageException {
        take(drive);
        if (drive.capabilities().contains(Capability.LOAD)) {
            Moves.taken(drive::load);
        }
        return drive;
    }

    /** {@return what was typed; the end of all that is typed gives up} */
    private String answer(String question) throws StorageException {
        try {
            return operator.ask(question).orElse("q");
        } catch (InterruptedIOException e) {
            throw failure(Kind.INTERRUPTED, "interrupted", e);
        } catch (IOException e) {
            throw failure(Kind.IO_ERROR, "no answer can be read: " + e, e);
        }
    }

    private static StorageException failure(Kind kind, String detail, IOException cause) {
        return StorageException.of(kind, "next tape", detail).cause(cause).build();
    }

    /** Leaves the drives to other commands. */
    @Override
    public void close() {
        uses.forEach(Drives.Use::close);
    }
}
