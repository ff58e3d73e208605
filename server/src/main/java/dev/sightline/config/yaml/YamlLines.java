package dev.sightline.config.yaml;

import dev.sightline.config.ConfigException;
import dev.sightline.config.Place;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A YAML text by lines: where they begin, how far they are indented, and which comments belong to which line. */
final class YamlLines {
    private final String text;
    private final String file;
    private final int[] starts;

    YamlLines(String text, String file) {
        this.text = text;
        this.file = file;
        int first = text.startsWith("\ufeff") ? 1 : 0;
        this.starts = IntStream.concat(
                        IntStream.of(first),
                        IntStream.range(first, text.length())
                                .filter(this::breaks)
                                .map(at -> at + 1))
                .toArray();
    }

    /** The line break that the text has first. */
    static String newline(String text) {
        int feed = text.indexOf('\n');
        int carriage = text.indexOf('\r');
        if (carriage < 0 || feed >= 0 && feed < carriage) {
            return "\n";
        }
        return feed == carriage + 1 ? "\r\n" : "\r";
    }

    String text() {
        return text;
    }

    /** Where the line of a position begins. */
    int line(int at) {
        return starts[index(at)];
    }

    /** Where the line after that of a position begins; the text's end after the last one. */
    int next(int at) {
        int next = index(at) + 1;
        return next < starts.length ? starts[next] : text.length();
    }

    /** How many characters precede it on its line. */
    int column(int at) {
        return at - line(at);
    }

    boolean sameLine(int one, int other) {
        return index(one) == index(other);
    }

    /** Only spaces precede it on its line. */
    boolean leads(int at) {
        return beforeSpaces(at) <= line(at);
    }

    /** Only a comment, if anything, follows it on its line. */
    boolean trails(int at) {
        int after = afterSpaces(at);
        return after == text.length() || "#\r\n".indexOf(text.charAt(after)) >= 0;
    }

    /** The first position from here on that has no space. */
    int afterSpaces(int at) {
        int after = at;
        while (after < text.length() && text.charAt(after) == ' ') {
            after++;
        }
        return after;
    }

    /** The line after that of a position and after its comments: those that follow, indented this far or further. */
    int after(int at, int indent) {
        int after = next(at);
        int line = after;
        while (line < text.length() && (comment(line) >= indent || trails(line) && comment(line) < 0)) {
            line = next(line);
            after = comment(lineBefore(line)) >= indent ? line : after;
        }
        return after;
    }

    /** The line of a position, or the first of the comments directly above it that are indented as it is; not before the floor. */
    int above(int at, int floor) {
        int line = line(at);
        int indent = column(at);
        while (line > starts[0] && lineBefore(line) >= floor && comment(lineBefore(line)) == indent) {
            line = lineBefore(line);
        }
        return line;
    }

    /** A refusal to change something at a position. */
    ConfigException refusal(int at, String why) {
        Place place = new Place(file, index(at) + 1, text.codePointCount(line(at), at) + 1);
        return refusal(place, why);
    }

    /** A refusal to change something at a place. */
    static ConfigException refusal(Place place, String why) {
        return new ConfigException(place.before(why + ": edit the file by hand"));
    }

    /** The position after the last character before this one that is no space. */
    int beforeSpaces(int at) {
        int before = at;
        while (before > 0 && text.charAt(before - 1) == ' ') {
            before--;
        }
        return before;
    }

    private int lineBefore(int line) {
        return starts[index(line) - 1];
    }

    /** How far the comment on this line is indented, or -1 if something else is there. */
    private int comment(int line) {
        int at = afterSpaces(line);
        return at < text.length() && text.charAt(at) == '#' ? at - line : -1;
    }

    private int index(int at) {
        int found = Arrays.binarySearch(starts, at);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    private boolean breaks(int at) {
        char letter = text.charAt(at);
        return letter == '\n' || letter == '\r' && !text.startsWith("\n", at + 1);
    }
}
