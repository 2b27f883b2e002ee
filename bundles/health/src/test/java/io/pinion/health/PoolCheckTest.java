package io.pinion.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.memory.PoolStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class PoolCheckTest {
    private final PoolCheck check = new PoolCheck();

    private Result look(PoolStatus status) {
        check.bindPool(new BufferPool() {
            @Override
            public BufferLease lease(int size) {
                throw new UnsupportedOperationException();
            }

            @Override
            public BufferLease lease(int size, long timeoutNanos) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long leasedBytes() {
                return status.leased();
            }

            @Override
            public long limitBytes() {
                return status.limit();
            }

            @Override
            public PoolStatus status() {
                return status;
            }

            @Override
            public List<String> notes() {
                return List.of();
            }
        });
        return check.execute();
    }

    private static List<String> warnings(Result result) {
        List<String> warnings = new ArrayList<>();
        for (ResultLog.Entry entry : result) {
            if (entry.getStatus() == Status.WARN) {
                warnings.add(entry.getMessage());
            }
        }
        return warnings;
    }

    private static PoolStatus.Builder holding() {
        return PoolStatus.builder().leased(4096).held(2 << 20).limit(4 << 20).arenas(1);
    }

    @Test
    void without_a_pool_all_is_well() {
        assertThat(check.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void a_pool_that_is_pinned_and_not_exhausted_is_well() {
        assertThat(look(holding().pinned(2 << 20).build()).getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void what_is_not_pinned_waited_for_or_leaked_is_a_warning_with_its_reason() {
        Result result = look(holding()
                .unpinned("raise it with ulimit -l")
                .waiting(3)
                .leaks(2)
                .build());
        assertThat(warnings(result))
                .containsExactly(
                        "pinned=0 B of held=2 MiB, the rest is not: raise it with ulimit -l",
                        "3 threads wait for a lease: the applications are to close theirs, or raise limit in"
                                + " io.pinion.pool",
                        "2 leases were never closed: an application has a defect; the log has them, and with leak.detail"
                                + " in io.pinion.pool where they were taken");
    }
}
