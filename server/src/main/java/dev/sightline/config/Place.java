package dev.sightline.config;

/**
 * Where something is written.
 *
 * @param text the file, the flag of the command line, or the member of a JSON body; empty if the message itself says it
 * @param line from 1; 0 for a member of a JSON body
 * @param column from 1; 0 for a member of a JSON body
 */
public record Place(String text, int line, int column) {
    /** For what comes from code, or from the only argument. */
    public static final Place NOWHERE = new Place("", 1, 1);

    /** Names come from strangers; a longer place says less than the one above it. */
    private static final int LONGEST_MEMBER = 200;

    /**
     * A member of a JSON body.
     *
     * @param pointer the way to it as in RFC 6901, without the first slash: {@code process/0/faces}; empty for the body itself
     */
    public static Place member(String pointer) {
        return new Place(pointer, 0, 0);
    }

    /** The place of a member of this JSON value, or of the nearest above with a short name; any other place has no members. */
    Place below(String name) {
        String escaped = name.replace("~", "~0").replace("/", "~1");
        String pointer = text.isEmpty() ? escaped : text + "/" + escaped;
        return line > 0 || pointer.length() > LONGEST_MEMBER ? this : member(pointer);
    }

    /** {@code sightline.yml:3:5}, or only the flag or the member if a line has no meaning. */
    @Override
    public String toString() {
        return line == 0 || text.isEmpty() || text.startsWith("-") ? text : text + ":" + line + ":" + column;
    }

    /** A message preceded by its place. */
    public String before(String message) {
        return text.isEmpty() ? message : this + ": " + message;
    }
}
