package io.pinion.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import io.pinion.shell.text.Table;
import io.pinion.strategy.Shape;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands as they are typed, through the real interpreter. */
class VolumeCommandsTest {
    private final FakeAdmin admin = new FakeAdmin();
    private final VolumeCommands commands = new VolumeCommands();
    private final Typed typed =
            new Typed(commands, "volumes", "strategies", "swap", "why", "stats", "history", "reopen");

    @BeforeEach
    void start() {
        admin.volumes.add(Samples.open("data", "direct"));
        commands.bindAdmin(admin);
    }

    @AfterEach
    void stop() {
        typed.close();
    }

    @Test
    void swap_prints_what_came_of_it() throws Exception {
        assertThat(run("swap data direct"))
                .containsExactly("data: buffered -> direct, paused 310 µs (3 operations parked), prepared in 12 ms");
        assertThat(admin.calls).containsExactly("swap data direct");
    }

    @Test
    void save_may_stand_anywhere() throws Exception {
        run("swap data direct --save");
        run("swap -s data direct");
        assertThat(admin.calls).containsExactly("save data direct", "save data direct");
    }

    @Test
    void configured_ends_the_override() throws Exception {
        assertThat(run("swap data --configured")).containsExactly("data: OPEN, served by direct");
        assertThat(admin.calls).containsExactly("clear data");
    }

    @Test
    void a_swap_that_was_refused_fails_with_the_reason() {
        admin.outcome = SwapReport.Outcome.REFUSED;
        assertThatThrownBy(() -> run("swap data direct"))
                .isInstanceOf(CommandFailure.class)
                .hasToString("data: buffered -> direct was refused: identity differs");
    }

    @Test
    void wrong_use_is_answered_with_the_usage_and_changes_nothing() {
        assertThatThrownBy(() -> run("swap data")).hasMessageContaining("usage: swap NAME STRATEGY");
        assertThatThrownBy(() -> run("swap data direct --sav")).hasMessageContaining("unknown option --sav");
        assertThatThrownBy(() -> run("swap data --save --configured")).hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> run("volumes data")).hasMessageContaining("'data' is too much");
        assertThat(admin.calls).isEmpty();
    }

    @Test
    void what_core_refuses_is_one_line() {
        assertThatThrownBy(() -> run("reopen nope"))
                .isInstanceOf(CommandFailure.class)
                .hasToString("volume: there is no volume nope; there are: data");
    }

    @Test
    void reopen_accepts_a_loss_only_when_told() throws Exception {
        run("reopen data");
        run("reopen data --accept-loss");
        assertThat(admin.calls).containsExactly("reopen data false", "reopen data true");
    }

    @Test
    void a_path_counts_from_where_it_was_typed() throws Exception {
        run("strategies images/disk");
        run("strategies /dev/sdb");
        run("strategies mem:one");
        assertThat(admin.calls)
                .containsExactly("strategies /somewhere/images/disk", "strategies /dev/sdb", "strategies mem:one");
    }

    @Test
    void why_is_a_list_that_fits_the_terminal() throws Exception {
        assertThat(run("why data"))
                .startsWith("- It is open.")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH));
    }

    @Test
    void without_core_it_says_so() {
        commands.unbindAdmin(admin);
        assertThatThrownBy(() -> run("volumes")).hasMessageContaining("io.pinion.core is not active");
    }

    @Test
    void volumes_and_then_strategies_are_offered_for_completion() {
        admin.strategies.add(new StrategyStatus("direct", "b 1", 0, List.of("path"), Shape.POSITIONAL, List.of(), ""));
        assertThat(commands._candidates(List.of("swap", ""), 1)).containsExactly("data");
        assertThat(commands._candidates(List.of("pinion:swap", "data", ""), 2)).containsExactly("direct");
        assertThat(commands._candidates(List.of("why", "data", ""), 2)).isEmpty();
    }

    private List<String> run(String line) throws Exception {
        return typed.run(line);
    }
}
