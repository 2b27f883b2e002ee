package io.pinion.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.shell.text.CommandFailure;
import io.pinion.volume.TapeDrive;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files go to tape and come back, and other programs read the tape. */
class TapeFilesTest {
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Path directory;
    private Path tree;
    private Drawer drawer;
    private Shell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws Exception {
        directory = temporary;
        tree = Tree.make(Files.createDirectory(directory.resolve("tree")));
        drawer = new Drawer(directory);
        shell = new Shell(directory, drawer.drives);
    }

    @AfterEach
    void close() {
        shell.close();
        drawer.close();
    }

    @Test
    void files_go_to_tape_and_come_back() throws Exception {
        drawer.open("lto", "");
        assertThat(shell.run("tape lto write tree"))
                .last()
                .asString()
                .matches(
                        "lto: 12 files and directories, 685 KiB, .*/s, 1 record of 1 MiB; at block address 2, in file 1, as the drive says");
        shell.run("tape lto write --record-size 64KiB tree/small tree/nothing");
        shell.run("tape lto rewind");
        assertThat(shell.run("tape lto read first")).last().asString().contains("at block address 2");
        assertThat(Tree.describe(directory.resolve("first/tree"))).isEqualTo(Tree.describe(tree));
        assertThat(shell.run("tape lto read second")).last().asString().contains("2 files and directories");
        assertThat(Files.readString(directory.resolve("second/tree/small"))).isEqualTo("hello");
    }

    @Test
    void a_place_may_be_named_with_the_operation() throws Exception {
        drawer.open("lto", "");
        shell.run("tape lto write tree/small");
        shell.run("tape lto rewind");
        shell.run("tape lto write --append tree/nothing");
        assertThat(shell.run("tape lto list --file 1")).first().asString().endsWith("tree/nothing");
        assertThat(shell.run("tape lto list --file 0")).first().asString().endsWith("tree/small");
        shell.run("tape lto read --file 1 back");
        assertThat(directory.resolve("back/tree/nothing")).isEmptyFile();
        assertThatThrownBy(() -> shell.run("tape lto list --file 3"))
                .hasMessageStartingWith("file 3 came to the end of data after 2 marks of 3;");
    }

    @Test
    void gnu_tar_reads_the_tape() throws Exception {
        drawer.open("lto", "");
        shell.run("tape lto write --record-size 10240 tree");
        Path archive =
                Files.write(directory.resolve("archive"), drawer.files("lto").get(0));
        assertThat(Files.size(archive) % 10_240).isZero();
        Tree.tar(List.of("--compare", "-f", archive.toString(), "-C", directory.toString()));
    }

    @Test
    void what_gnu_tar_wrote_is_read_and_listed() throws Exception {
        Path archive = directory.resolve("archive");
        Tree.tar(List.of("-c", "-f", archive.toString(), "-C", tree.toString(), "."));
        drawer.make("lto", Files.readAllBytes(archive), 10_240);
        drawer.open("lto", "");
        shell.run("tape lto read back");
        assertThat(Tree.describe(directory.resolve("back")).keySet())
                .isEqualTo(Tree.describe(tree).keySet());
        shell.run("tape lto rewind");
        List<String> listed = shell.run("tape lto list");
        List<String> tars =
                Tree.tar(List.of("-t", "-f", archive.toString())).lines().toList();
        assertThat(listed).hasSize(tars.size() + 2).contains("a file mark");
        assertThat(listed).anyMatch(line -> line.matches("-r-x-w---x \\S+ +5 \\S+ \\S+ \\./small"));
        assertThat(listed).anyMatch(line -> line.endsWith("./link -> small"));
        assertThat(listed).anyMatch(line -> line.matches(".* \\./(same link to \\./large|large link to \\./same)"));
    }

    @Test
    void names_lead_nowhere_else() throws Exception {
        drawer.open("lto", "");
        Path inside = Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(inside.resolve("file"), "x");
        shell.go(inside);
        shell.run("tape lto write ../../a " + inside.resolve("file"));
        shell.run("tape lto rewind");
        assertThat(shell.run("tape lto list"))
                .anyMatch(line -> line.endsWith(" a/b/file"))
                .anyMatch(line ->
                        line.endsWith(" " + inside.resolve("file").toString().substring(1)));
    }

    @Test
    void what_is_no_file_is_left_out_and_told() throws Exception {
        drawer.open("lto", "");
        assertThat(new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThatThrownBy(() -> shell.run("tape lto write tree"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageEndingWith("not all went as asked, see above");
        assertThat(shell.lines()).contains("tree/pipe: left out: it is a device, a pipe or a socket");
        shell.run("tape lto rewind");
        shell.run("tape lto read back");
        Files.delete(tree.resolve("pipe"));
        assertThat(Tree.describe(directory.resolve("back/tree"))).isEqualTo(Tree.describe(tree));
        assertThatThrownBy(() -> shell.run("tape lto write nowhere")).hasMessageContaining("nothing was written");
    }

    @Test
    void a_tape_that_is_full_is_told_with_what_is_on_it() throws Exception {
        drawer.open("lto", "?capacity=512KiB");
        assertThatThrownBy(() -> shell.run("tape lto write --record-size 64KiB tree"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(
                        "what was written is no whole archive, and no file mark is behind it; at block address");
        shell.run("tape lto rewind");
        assertThatThrownBy(() -> shell.run("tape lto read back")).hasMessageContaining("Truncated TAR archive");
        assertThat(directory.resolve("back/tree/large")).doesNotExist();
    }

    /** What is still in the drive's hand then moves the tape. */
    @Test
    void what_was_interrupted_is_told_where_the_tape_stays() throws Exception {
        TapeDrive drive = drawer.open("lto", "");
        drawer.drives.unbindDrive(drive);
        drawer.drives.bindDrive(interruptingAtTheFirstRecord(drive));
        assertThatThrownBy(() -> shell.run("tape lto write --record-size 64KiB tree"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("interrupted; what was written is no whole archive")
                .hasMessageEndingWith("; at block address 1, in file 0, as the drive says");
        assertThat(drive.position().blockAddress()).isEqualTo(1);
    }

    /** Keeps the record back until the command has given the stream up, or has been told a place before that. */
    private static TapeDrive interruptingAtTheFirstRecord(TapeDrive drive) {
        AtomicReference<Thread> command = new AtomicReference<>();
        AtomicBoolean told = new AtomicBoolean();
        return (TapeDrive) Proxy.newProxyInstance(
                TapeDrive.class.getClassLoader(), new Class<?>[] {TapeDrive.class}, (p, method, arguments) -> {
                    if (method.getName().equals("status")) {
                        command.set(Thread.currentThread());
                    }
                    Thread waiting = method.getName().equals("write") ? command.getAndSet(null) : null;
                    if (waiting != null) {
                        waiting.interrupt();
                        long bound = System.nanoTime() + BOUND_NANOS;
                        while (!told.get() && !isAbandoning(waiting) && System.nanoTime() - bound < 0) {
                            Thread.onSpinWait();
                        }
                    }
                    try {
                        Object result = method.invoke(drive, arguments);
                        told.compareAndSet(false, method.getName().equals("position") && command.get() == null);
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isAbandoning(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("abandon"));
    }

    @Test
    void what_is_there_stays_unless_it_is_to_be_replaced() throws Exception {
        drawer.open("lto", "");
        shell.run("tape lto write tree/small");
        shell.run("tape lto rewind");
        Files.createDirectories(directory.resolve("back/tree"));
        Files.writeString(directory.resolve("back/tree/small"), "mine");
        assertThatThrownBy(() -> shell.run("tape lto read back")).hasMessageContaining("not all went as asked");
        assertThat(Files.readString(directory.resolve("back/tree/small"))).isEqualTo("mine");
        shell.run("tape lto rewind");
        shell.run("tape lto read --overwrite back");
        assertThat(Files.readString(directory.resolve("back/tree/small"))).isEqualTo("hello");
    }
}
