package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Await;
import io.pinion.guest.device.TgtTape;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult;
import io.pinion.tape.st.TapeStrategy;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import io.pinion.volume.tape.NextTape;
import io.pinion.volume.tape.TapeInputStream;
import io.pinion.volume.tape.TapeOutputStream;
import io.pinion.volume.tape.TapeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A set of tapes in one drive, whose tape somebody changes at the end of each. */
@InGuest
class TapeSetIT {
    private static final int RECORD = 65_536;
    private static final int TAPE_MIB = 2;
    private static final int BYTES = 5 << 20;
    private static final UUID SET = UUID.fromString("6f2b1e9c-5d0a-4a43-9d43-1c2f0a8b7e10");

    private final SystemCalls calls = new LibC();
    private final List<Path> shelf = new ArrayList<>();
    private final List<Kind> refusals = new ArrayList<>();

    /** Puts in what {@link #find} says, as a person does: unloads, changes, loads. */
    private abstract class Changer implements NextTape {
        private final TgtTape device;

        Changer(TgtTape device) {
            this.device = device;
        }

        abstract Path find(TapeRequest request) throws IOException, InterruptedException;

        @Override
        public Optional<TapeDrive> next(TapeRequest request) throws StorageException {
            request.refusal().map(StorageException::kind).ifPresent(refusals::add);
            TapeDrive drive = request.drive();
            TapeResult result = new TapeResult();
            drive.unload(result);
            try {
                device.change(find(request));
            } catch (IOException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            drive.load(result);
            return Optional.of(drive);
        }
    }

    @Test
    void a_set_is_written_and_read_over_changed_tapes() throws Exception {
        shelf.add(TgtTape.blank(TAPE_MIB));
        try (TgtTape device = new TgtTape(shelf.get(0));
                Pinion pinion = Pinion.start()) {
            device.tape().mt("setblk", "0");
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add("tape", new TapeStrategy(calls), Shape.TAPE, Set.of("path"), 0);
            pinion.configureTape("backup", Map.of("target", device.tape().node().toString(), "strategy", "tape"));
            TapeDrive drive = pinion.tape("backup", Await.BOUND);
            drive.rewind(new TapeResult());

            String written = write(device, drive);
            assertTrue(shelf.size() >= 3, () -> "tapes: " + shelf.size());
            assertEquals(List.of(), refusals);

            device.change(shelf.get(0));
            drive.load(new TapeResult());
            assertEquals(written, read(device, drive));
            // The second tape was asked for, and the third given first.
            assertEquals(List.of(Kind.WRONG_MEDIUM), refusals);
            System.out.println("guest: a set of " + shelf.size()
                    + " tapes on tgt, changed in the drive, came back as SHA-256 " + written);
        }
    }

    private String write(TgtTape device, TapeDrive drive) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] bytes = new byte[BYTES];
        new SplittableRandom(4).nextBytes(bytes);
        NextTape blanks = new Changer(device) {
            @Override
            Path find(TapeRequest request) throws IOException, InterruptedException {
                shelf.add(TgtTape.blank(TAPE_MIB));
                return shelf.get(request.tape() - 1);
            }
        };
        try (DigestOutputStream out = new DigestOutputStream(
                TapeOutputStream.to(drive)
                        .recordSize(RECORD)
                        .next(blanks)
                        .set(SET)
                        .open(),
                digest)) {
            out.write(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private String read(TgtTape device, TapeDrive drive) throws Exception {
        NextTape written = new Changer(device) {
            @Override
            Path find(TapeRequest request) {
                boolean mistaken = request.tape() == 2 && request.attempt() == 1;
                return shelf.get(mistaken ? 2 : request.tape() - 1);
            }
        };
        try (InputStream in = TapeInputStream.from(drive)
                .recordSize(RECORD)
                .next(written)
                .set(SET)
                .open()) {
            byte[] bytes = in.readAllBytes();
            assertEquals(BYTES, bytes.length);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        }
    }
}
