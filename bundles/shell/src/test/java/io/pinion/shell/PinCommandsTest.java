package io.pinion.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinStatus;
import io.pinion.memory.PinTotals;
import io.pinion.memory.PinnedPage;
import io.pinion.shell.text.CommandFailure;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PinCommandsTest {
    private static final long MIB = 1 << 20;
    private static final String UNLIMITED = "pinned 6 MiB, each page once, limit=unlimited in io.pinion.memory";

    private final PinCommands commands = new PinCommands();
    private final Typed typed = new Typed(commands, "pins");
    private final FakePinner pinner = new FakePinner();

    private static final class FakePinner implements PagePinner {
        private final List<PinStatus> pins = new ArrayList<>();
        private PinTotals totals = PinTotals.builder(6 * MIB, Long.MAX_VALUE).build();

        @Override
        public Pin pin(ByteBuffer region, Access access) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PinStatus> pins() {
            return pins;
        }

        @Override
        public PinTotals totals() {
            return totals;
        }

        @Override
        public long pinnedBytes() {
            return 0;
        }

        @Override
        public long limitBytes() {
            return 0;
        }
    }

    private List<String> run(String line, PinnedPage... pages) throws Exception {
        commands.bindPinner(pinner);
        if (pages.length > 0) {
            long length = List.of(pages).stream().mapToLong(PinnedPage::size).sum();
            var since = LocalDateTime.of(2026, 11, 26, 9, 5, 7)
                    .atZone(ZoneId.systemDefault())
                    .toInstant();
            pinner.pins.add(PinStatus.builder("org.me: an index")
                    .range(pages[0].address(), length)
                    .since(since)
                    .pages(() -> List.of(pages))
                    .build());
        }
        return typed.run(line);
    }

    private static PinnedPage page(long address, long size, long frame) {
        return PinnedPage.of(address, size, frame, "[heap]");
    }

    @AfterEach
    void close() {
        typed.close();
    }

    @Test
    void pins_have_owners_and_totals() throws Exception {
        pinner.totals = PinTotals.builder(6 * MIB, 64 * MIB)
                .locked(8 * MIB)
                .registered(5 * MIB)
                .resourceLimit(8 * MIB, true)
                .build();
        commands.bindRings(() -> 4 * MIB);
        assertThat(run("pins", page(0x7f0000001000L, 8192, 0)))
                .containsExactly(
                        "ADDRESS          SIZE  SINCE           OWNER",
                        "0x7f0000001000  8 KiB  11-26 09:05:07  org.me: an index",
                        "",
                        "pinned 6 MiB, each page once, limit=64 MiB in io.pinion.memory",
                        "locked by the process (VmLck) 8 MiB: 6 MiB pinned here, 2 MiB locked by others in the process",
                        "registered in the process (VmPin) 5 MiB: 4 MiB registered by Pinion's rings, 1 MiB pinned by"
                                + " others in the process",
                        "RLIMIT_MEMLOCK=8 MiB, which does not hold for this process (CAP_IPC_LOCK)");
    }

    @Test
    void what_cannot_be_told_is_unknown() throws Exception {
        assertThat(run("pins"))
                .containsExactly(
                        "there are no pins; 'why NAME' of a volume and 'health' say what is not pinned, and why",
                        "",
                        UNLIMITED,
                        "locked by the process (VmLck) unknown",
                        "registered in the process (VmPin) unknown",
                        "RLIMIT_MEMLOCK=unknown, for what is locked and, apart from that, for what the user's rings"
                                + " have; raise it with LimitMEMLOCK= or ulimit -l");
        pinner.totals = PinTotals.builder(6 * MIB, Long.MAX_VALUE)
                .locked(MIB)
                .registered(MIB)
                .build();
        assertThat(run("pins"))
                .contains("registered in the process (VmPin) 1 MiB")
                .contains("locked by the process (VmLck) 1 MiB: 6 MiB pinned here, of which the kernel counts 5 MiB no"
                        + " more");
    }

    @Test
    void pages_in_a_row_share_one() throws Exception {
        List<String> lines = run(
                "pins --pages",
                page(0x1ff000, 4096, 0x77),
                page(0x200000, 2 * MIB, 0x8000),
                page(0x400000, 2 * MIB, 0x8200),
                page(0x600000, 2 * MIB, 0x8600),
                page(0x800000, 4096, 0x8800),
                page(0x801000, 4096, 0x8801),
                PinnedPage.of(0x802000, 4096, 0x8802, ""));
        assertThat(lines)
                .startsWith(
                        "ADDRESS          SIZE  PAGES  PAGE SIZE  FRAME   MAPPING    OWNER",
                        "0x0000001ff000  4 KiB      1      4 KiB  0x77    [heap]     org.me: an index",
                        "0x000000200000  4 MiB      2      2 MiB  0x8000  [heap]     org.me: an index",
                        "0x000000600000  2 MiB      1      2 MiB  0x8600  [heap]     org.me: an index",
                        "0x000000800000  8 KiB      2      4 KiB  0x8800  [heap]     org.me: an index",
                        "0x000000802000  4 KiB      1      4 KiB  0x8802  anonymous  org.me: an index",
                        "",
                        UNLIMITED);
    }

    @Test
    void hidden_frames_are_said_to_be() throws Exception {
        assertThat(run("pins -p", page(0x1000, 4096, 0), page(0x2000, 4096, 0)))
                .contains("0x000000001000  8 KiB      2      4 KiB  -      [heap]   org.me: an index")
                .anyMatch(line -> line.startsWith("frame numbers are hidden"));
        pinner.pins.clear();
        assertThat(run("pins --pages")).startsWith("no page is pinned", "", UNLIMITED);
    }

    @Test
    void without_a_pinner_it_says_so() {
        assertThatThrownBy(() -> typed.run("pins"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("there is no PagePinner service");
        commands.bindPinner(pinner);
        assertThatThrownBy(() -> typed.run("pins all")).hasMessageContaining("usage: pins [--pages]");
    }
}
