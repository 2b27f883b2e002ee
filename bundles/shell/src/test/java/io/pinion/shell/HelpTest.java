package io.pinion.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.junit.jupiter.api.Test;

class HelpTest {
    @Descriptor("does things")
    void act(
            CommandSession session,
            @Descriptor("how fast; 1")
                    @Parameter(
                            names = {"--speed"},
                            absentValue = "1")
                    String speed,
            @Descriptor("NAME run: fast\nNAME stop [NOW]: slowly; or at once") String... words) {}

    @Test
    void each_form_of_a_command_has_a_line() throws Exception {
        assertThat(HelpCommand.explain(
                        "act",
                        HelpTest.class.getDeclaredMethod("act", CommandSession.class, String.class, String[].class)))
                .containsExactly(
                        "act: does things",
                        "usage: act",
                        "  [--speed VALUE]  how fast; 1",
                        "  NAME run         fast",
                        "  NAME stop [NOW]  slowly; or at once");
    }
}
