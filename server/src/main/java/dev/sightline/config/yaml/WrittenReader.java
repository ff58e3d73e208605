package dev.sightline.config.yaml;

import dev.sightline.config.yaml.Written.Part;
import dev.sightline.config.yaml.Written.Shape;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Finds where the values of a text are written. The text was read by {@link dev.sightline.config.YamlReader} without problems: it is one document
 * within its limits. The parser's events say where values are, the scanner's tokens where dashes, colons and commas are.
 */
final class WrittenReader {
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();
    private static final Pattern KEEPS_BLANKS = Pattern.compile("[|>]\\d?\\+");

    private final YamlLines lines;
    private final int[] offsets;
    private final Map<Token.ID, NavigableSet<Integer>> tokens = new EnumMap<>(Token.ID.class);
    private final Iterator<Event> events;
    private final Set<String> aliases;

    private WrittenReader(YamlLines lines) {
        this.lines = lines;
        this.offsets = offsets(lines.text());
        new ScannerImpl(SETTINGS, new StreamReader(SETTINGS, lines.text())).forEachRemaining(this::note);
        Iterable<Event> parsed = () -> new ParserImpl(SETTINGS, new StreamReader(SETTINGS, lines.text()));
        List<Event> all = StreamSupport.stream(parsed.spliterator(), false).toList();
        this.events = all.iterator();
        this.aliases = all.stream()
                .filter(AliasEvent.class::isInstance)
                .map(event -> ((AliasEvent) event).getAlias().getValue())
                .collect(Collectors.toSet());
    }

    /** The root of the text. */
    static Written read(YamlLines lines) {
        return new WrittenReader(lines).document();
    }

    private Written document() {
        events.next(); // the stream's start
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            int end = lines.text().length();
            return new Written(Shape.EMPTY, end, end, end, false, List.of());
        }
        return node(events.next());
    }

    private Written node(Event event) {
        int start = at(event.getStartMark());
        int end = at(event.getEndMark());
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, start, end);
        }
        return event instanceof CollectionStartEvent collection
                ? collection(collection, start)
                : new Written(Shape.SCALAR, start, start, end, false, List.of());
    }

    private Written scalar(ScalarEvent scalar, int start, int end) {
        boolean block = scalar.isLiteral() || scalar.isFolded();
        Shape shape = start == end ? Shape.EMPTY : block ? Shape.BLOCK_SCALAR : Shape.SCALAR;
        return new Written(shape, start, start, block ? blockEnd(start, end) : end, shared(scalar), List.of());
    }

    /** A block scalar ends, for the parser, with the blank lines after it; here with its last line that counts. */
    private int blockEnd(int start, int end) {
        String text = lines.text();
        boolean keeps =
                KEEPS_BLANKS.matcher(text.substring(start, lines.next(start))).find();
        int last = lines.line(lines.line(end) - 1);
        while (!keeps && last > start && text.substring(last, lines.next(last)).isBlank()) {
            last = lines.line(last - 1);
        }
        int after = lines.next(last);
        while (after > last && (text.charAt(after - 1) == '\n' || text.charAt(after - 1) == '\r')) {
            after--;
        }
        return after;
    }

    private Written collection(CollectionStartEvent event, int start) {
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        List<Part> parts = new ArrayList<>();
        Event next = events.next();
        while (next.getEventId() != Event.ID.MappingEnd && next.getEventId() != Event.ID.SequenceEnd) {
            parts.add(mapping ? entry(next) : item(next, event.isFlow()));
            next = events.next();
        }
        Shape shape = event.isFlow() ? Shape.FLOW : mapping ? Shape.BLOCK_MAPPING : Shape.BLOCK_SEQUENCE;
        if (mapping
                && event.isFlow()
                && event.getAnchor().isEmpty()
                && event.getTag().isEmpty()) {
            shape = lines.text().charAt(start) == '{' ? Shape.FLOW : Shape.PAIR;
        }
        Token.ID opening = mapping ? Token.ID.FlowMappingStart : Token.ID.FlowSequenceStart;
        boolean flow = shape == Shape.FLOW;
        int open = flow ? token(opening, start).orElse(start) : parts.get(0).start();
        int end = flow ? at(next.getEndMark()) : parts.get(parts.size() - 1).end();
        return new Written(shape, start, open, end, shared(event), parts);
    }

    private Part entry(Event key) {
        int start = at(key.getStartMark());
        int keyEnd = at(key.getEndMark());
        int explicit = before(Token.ID.Key, start)
                .filter(mark -> lines.text().substring(mark + 1, start).isBlank())
                .orElse(start);
        Written value = node(events.next());
        Optional<Integer> colon = token(Token.ID.Value, keyEnd).filter(at -> at < value.start());
        int from = colon.map(at -> at + 1).orElse(-1);
        int end = value.empty() ? Math.max(from, keyEnd) : value.end();
        boolean merge = key instanceof ScalarEvent scalar && scalar.getValue().equals("<<");
        return new Part(explicit, explicit == start ? from : -1, end, comma(end), merge, value);
    }

    private Part item(Event event, boolean flow) {
        Written value = node(event);
        if (flow) {
            return new Part(value.start(), -1, value.end(), comma(value.end()), false, value);
        }
        int dash = before(Token.ID.BlockEntry, value.start()).orElse(value.start());
        return new Part(dash, dash + 1, value.empty() ? dash + 1 : value.end(), -1, false, value);
    }

    private int comma(int end) {
        return token(Token.ID.FlowEntry, end).orElse(lines.text().length());
    }

    private boolean shared(NodeEvent event) {
        return event.getAnchor().map(Anchor::getValue).filter(aliases::contains).isPresent();
    }

    private void note(Token token) {
        // The keys of most mappings have tokens without a length; only those after a question mark matter.
        int start = at(token.getStartMark());
        if (token.getTokenId() != Token.ID.Key || at(token.getEndMark()) > start) {
            tokens.computeIfAbsent(token.getTokenId(), id -> new TreeSet<>()).add(start);
        }
    }

    private Optional<Integer> token(Token.ID id, int from) {
        return Optional.ofNullable(
                tokens.getOrDefault(id, new TreeSet<Integer>()).ceiling(from));
    }

    private Optional<Integer> before(Token.ID id, int end) {
        return Optional.ofNullable(
                tokens.getOrDefault(id, new TreeSet<Integer>()).lower(end));
    }

    private int at(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(0);
        return index < offsets.length
                ? offsets[index]
                : offsets.length == 0 ? index : lines.text().length();
    }

    /** The parser counts code points: their positions, or nothing where each is one character. */
    private static int[] offsets(String text) {
        return text.codePointCount(0, text.length()) == text.length()
                ? new int[0]
                : IntStream.range(0, text.length())
                        .filter(at -> at == 0 || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)))
                        .toArray();
    }
}
