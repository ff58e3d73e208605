package dev.sightline.transport.webrtc.sdp;

import dev.sightline.refusal.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One level of a description: the session's, or an {@code m=} section's.
 *
 * @param heading the part after {@code m=}; empty at the session's level
 */
record Level(String heading, Attributes attributes) {
    private static final int MAX_CHARACTERS = 64 * 1024;
    private static final int MAX_LINE = 4 * 1024;
    private static final int MAX_SECTIONS = 64;

    /** A bare carriage return would begin a line in our answer where it is repeated there. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    /**
     * The session's level, then every section's, in order.
     *
     * @throws SdpException if a line is not SDP, or the text is too long
     */
    static List<Level> split(String text) throws SdpException {
        if (text.length() > MAX_CHARACTERS) {
            throw SdpException.malformed("the description is longer than " + MAX_CHARACTERS + " characters");
        }
        List<Level> levels = new ArrayList<>();
        levels.add(new Level("", new Attributes()));
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            if (!line.isBlank()) {
                check(line, i + 1);
                take(line, levels);
            }
        }
        return levels;
    }

    private static void check(String line, int number) throws SdpException {
        if (line.length() > MAX_LINE) {
            throw SdpException.malformed("line " + number + " is longer than " + MAX_LINE + " characters");
        }
        if (line.length() < 2 || line.charAt(1) != '=' || CONTROL.matcher(line).find()) {
            throw SdpException.malformed("line " + number + " is not a line of SDP: " + Excerpt.of(line));
        }
    }

    private static void take(String line, List<Level> levels) throws SdpException {
        String value = line.substring(2);
        if (line.charAt(0) == 'm') {
            if (levels.size() > MAX_SECTIONS) {
                throw SdpException.malformed("the description has more than " + MAX_SECTIONS + " sections");
            }
            levels.add(new Level(value, new Attributes()));
        } else if (line.charAt(0) == 'a') {
            levels.get(levels.size() - 1).attributes().add(value);
        }
    }
}
