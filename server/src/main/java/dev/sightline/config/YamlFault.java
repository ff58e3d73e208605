package dev.sightline.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Explains to users why a text is not YAML: the parser says what it expected, not what was wrong. */
final class YamlFault {
    private static final Pattern TAB = Pattern.compile("^ *\\t");
    private static final Pattern ODD_BLANK = Pattern.compile("^[ \\t]*[\\u00a0\\u2000-\\u200b\\u3000\\ufeff]");
    private static final Pattern REFERENCE_IN_FLOW = Pattern.compile("[\\[{].*[\\[{:, ]\\$\\{");
    private static final Pattern COLON_AT_END =
            Pattern.compile("([\\w-]+): +(?![|>&*!])([^\\s'\"{\\[#,][^'\"\\s,}\\]]*:)(?=[\\s,}\\]]|$)");
    private static final Pattern SCHEME = Pattern.compile("(?:publish|mirror|pattern|camera|file):");
    private static final Pattern COLON_INSIDE = Pattern.compile("([\\w-]+): +(?![|>'\"{\\[#])(.*\\S: .*)$");
    private static final Pattern NO_SPACE = Pattern.compile("^\\s*(?:- +)?([\\w-]+):([^\\s/:].*)$");

    private final MarkedYamlEngineException fault;
    private final List<String> lines;
    private final String file;
    private final Mark mark;
    private final String problem;

    private YamlFault(MarkedYamlEngineException fault, Mark mark, List<String> lines, String file) {
        this.fault = fault;
        this.mark = mark;
        this.lines = lines;
        this.file = file;
        this.problem = String.valueOf(fault.getProblem());
    }

    static ConfigException of(MarkedYamlEngineException fault, String text, String file) {
        Optional<Mark> mark = fault.getProblemMark().or(fault::getContextMark);
        return mark.map(where -> new YamlFault(fault, where, text.lines().toList(), file).explain())
                .orElseGet(() -> new ConfigException(file + ": this is not YAML: " + fault.getProblem()));
    }

    static ConfigException of(ReaderException fault, String text, String file) {
        int position = text.codePointCount(0, Math.min(text.length(), fault.getPosition())) == fault.getPosition()
                ? fault.getPosition()
                : Math.max(0, text.indexOf(Character.toString(fault.getCodePoint())));
        String before = text.substring(0, Math.min(position, text.length()));
        int line = (int) before.chars().filter(letter -> letter == '\n').count() + 1;
        Place place = new Place(file, line, before.length() - before.lastIndexOf('\n'));
        return new ConfigException(place.before(String.format(
                "the character U+%04X is not allowed in YAML: is this a text file, and saved as UTF-8?",
                fault.getCodePoint())));
    }

    private ConfigException explain() {
        return blanks().or(this::colons)
                .or(this::closing)
                .or(this::indent)
                .or(this::start)
                .orElseGet(() ->
                        at(mark.getLine(), mark.getColumn(), "this is not YAML: " + problem.replaceAll("\\s+", " ")));
    }

    private Optional<ConfigException> blanks() {
        for (int i = 0; i <= Math.min(mark.getLine(), lines.size() - 1); i++) {
            if (TAB.matcher(lines.get(i)).find()) {
                return told(i, lines.get(i).indexOf('\t'), "this line is indented by a tab; YAML wants spaces");
            }
            if (ODD_BLANK.matcher(lines.get(i)).find()) {
                return told(
                        i,
                        0,
                        "this line begins with a blank that is not a space (copied from a web page?): type spaces instead");
            }
        }
        if (REFERENCE_IN_FLOW.matcher(line(mark.getLine())).find()) {
            return told(
                    mark.getLine(), mark.getColumn(), "between { } and [ ] a value with ${…} needs quotes: '${NAME}'");
        }
        return problem.contains("escape character")
                ? told(
                        mark.getLine(),
                        mark.getColumn(),
                        "in double quotes a backslash has a meaning of its own: write single quotes, 'C:\\clip.mp4'")
                : Optional.empty();
    }

    private Optional<ConfigException> colons() {
        for (int i = mark.getLine(); i >= Math.max(0, mark.getLine() - 1); i--) {
            Matcher end = COLON_AT_END.matcher(line(i));
            if (end.find()) {
                // Anything but a scheme may be a secret.
                String value = SCHEME.matcher(end.group(2)).matches() ? end.group(2) : "…:";
                return told(
                        i,
                        end.start(2),
                        "'" + value + "' ends with a colon, so it needs quotes: " + end.group(1) + ": '" + value + "'");
            }
            Matcher space = NO_SPACE.matcher(line(i));
            if (space.find() && !problem.startsWith("expected")) {
                return told(i, space.start(2), "a key's colon needs a space after it: " + space.group(1) + ": …");
            }
        }
        Matcher inside = COLON_INSIDE.matcher(line(mark.getLine()));
        return problem.startsWith("mapping values") && inside.find()
                ? told(
                        mark.getLine(),
                        inside.start(2),
                        "a value with a colon and a space in it needs quotes: " + inside.group(1) + ": '…'")
                : Optional.empty();
    }

    private Optional<ConfigException> closing() {
        Mark context = fault.getContextMark().orElse(mark);
        String while_ = String.valueOf(fault.getContext());
        if (while_.contains("quoted scalar")) {
            return told(context.getLine(), context.getColumn(), "the quotation mark that opens here is not closed");
        }
        return while_.contains("flow")
                ? told(
                        context.getLine(),
                        context.getColumn(),
                        "what opens here with "
                                + (while_.contains("mapping") ? "{" : "[")
                                + " is not closed, or a comma is missing before "
                                + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                : Optional.empty();
    }

    private Optional<ConfigException> indent() {
        if (problem.startsWith("mapping values") && mark.getLine() > 0) {
            return told(
                    mark.getLine(),
                    indentOf(mark.getLine()),
                    "this line belongs to no key: it is indented further than the line above it, which has its value already");
        }
        if (problem.startsWith("expected <block end>")) {
            int above = mark.getLine() - 1;
            while (above > 0 && line(above).isBlank()) {
                above--;
            }
            return told(
                    mark.getLine(),
                    mark.getColumn(),
                    "this line begins with " + mark.getColumn() + " spaces, and the one above with " + indentOf(above)
                            + ": indent the keys of one level alike");
        }
        Mark context = fault.getContextMark().orElse(mark);
        return problem.contains("expected ':'")
                ? told(
                        context.getLine(),
                        context.getColumn(),
                        "this line is not 'key: value': a colon and a space are missing")
                : Optional.empty();
    }

    private Optional<ConfigException> start() {
        String rest = line(mark.getLine())
                .substring(Math.min(mark.getColumn(), line(mark.getLine()).length()));
        boolean alias = String.valueOf(fault.getContext()).matches(".*(?:alias|anchor|tag|directive).*");
        if (!alias && !problem.contains("cannot start any token")) {
            return Optional.empty();
        }
        String letter =
                alias ? "*, &, ! or %" : rest.isEmpty() ? "this" : rest.substring(0, rest.offsetByCodePoints(0, 1));
        return told(mark.getLine(), mark.getColumn(), "a value that begins with " + letter + " needs quotes");
    }

    private Optional<ConfigException> told(int line, int column, String message) {
        return Optional.of(at(line, column, message));
    }

    private ConfigException at(int line, int column, String message) {
        return new ConfigException(new Place(file, line + 1, column + 1).before(message));
    }

    private String line(int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private int indentOf(int index) {
        return line(index).length() - line(index).stripLeading().length();
    }
}
