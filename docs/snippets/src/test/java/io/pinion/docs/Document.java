package io.pinion.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown file of the project.
 *
 * @param name its path below the project's root
 * @param file where it is
 * @param content what is in it
 */
public record Document(String name, Path file, Node content) {
    private static final Path ROOT = Path.of(System.getProperty("pinion.root"));

    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /** A block of code. Its first line of text is the line after {@code line}. */
    public record Fence(int line, String language, List<String> text) {}

    /** A link, or an image. */
    public record Reference(int line, String destination) {}

    /**
     * A table.
     *
     * @param before the code, in backticks, that the document has before it, latest first
     */
    public record Table(int line, List<String> head, List<Row> rows, List<String> before) {}

    /** A row of a table, its cells as they are written. */
    public record Row(int line, List<String> cells) {}

    public static Path root() {
        return ROOT;
    }

    /** {@return all documents of the project} */
    static List<Document> all() {
        return files(ROOT)
                .filter(file -> file.toString().endsWith(".md"))
                .map(Document::read)
                .toList();
    }

    /** {@return the files below a folder that belong to the project: not what a build makes, not what is hidden} */
    static Stream<Path> files(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> visible = entries.filter(
                            entry -> !isForeign(entry.toFile().getName()))
                    .sorted()
                    .toList();
            return visible.stream().flatMap(entry -> Files.isDirectory(entry) ? files(entry) : Stream.of(entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForeign(String name) {
        return name.startsWith(".") || name.equals("target");
    }

    public static Document read(Path file) {
        try {
            return of(ROOT.relativize(file).toString(), file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Document of(String name, Path file, String text) {
        return new Document(name, file, PARSER.parse(text));
    }

    /** {@return a place in this document, as compilers write it} */
    String at(int line) {
        return name + ":" + line;
    }

    List<Fence> fences() {
        return each(FencedCodeBlock.class)
                .map(block -> new Fence(
                        line(block),
                        block.getInfo(),
                        block.getLiteral().lines().map(String::stripTrailing).toList()))
                .toList();
    }

    List<Reference> references() {
        return Stream.concat(
                        each(Link.class).map(link -> new Reference(line(link), link.getDestination())),
                        each(Image.class).map(image -> new Reference(line(image), image.getDestination())))
                .toList();
    }

    /** {@return the code between backticks} */
    List<Reference> codes() {
        return each(Code.class)
                .map(code -> new Reference(line(code), code.getLiteral()))
                .toList();
    }

    /** {@return the anchors that GitHub gives to the headings} */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        each(Heading.class).map(Document::text).forEach(heading -> {
            String anchor = heading.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            String unique = anchor;
            for (int number = 1; !anchors.add(unique); number++) {
                unique = anchor + "-" + number;
            }
        });
        return anchors;
    }

    public List<Table> tables() {
        return each(TableBlock.class).map(this::table).toList();
    }

    private Table table(TableBlock block) {
        List<String> before = new ArrayList<>();
        codes().stream().filter(code -> code.line() < line(block)).forEach(code -> before.add(0, code.destination()));
        List<Row> rows = descendants(block)
                .filter(TableRow.class::isInstance)
                .map(row ->
                        new Row(line(row), children(row).map(Document::written).toList()))
                .toList();
        boolean hasHead = block.getFirstChild() instanceof TableHead;
        return new Table(line(block), rows.get(0).cells(), rows.subList(hasHead ? 1 : 0, rows.size()), before);
    }

    private <T extends Node> Stream<T> each(Class<T> type) {
        return descendants(content).filter(type::isInstance).map(type::cast);
    }

    private static int line(Node node) {
        return node.getSourceSpans().get(0).getLineIndex() + 1;
    }

    private static Stream<Node> children(Node node) {
        return Stream.iterate(node.getFirstChild(), child -> child != null, Node::getNext);
    }

    private static Stream<Node> descendants(Node node) {
        return children(node).flatMap(child -> Stream.concat(Stream.of(child), descendants(child)));
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        descendants(node)
                .forEach(part -> text.append(
                        part instanceof Text plain
                                ? plain.getLiteral()
                                : part instanceof Code code ? code.getLiteral() : ""));
        return text.toString();
    }

    /** Code keeps its backticks. */
    private static String written(Node cell) {
        StringBuilder text = new StringBuilder();
        descendants(cell)
                .forEach(part -> text.append(
                        part instanceof Text plain
                                ? plain.getLiteral()
                                : part instanceof Code code ? "`" + code.getLiteral() + "`" : ""));
        return text.toString().strip();
    }
}
