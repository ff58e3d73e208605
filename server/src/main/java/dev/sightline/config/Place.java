package dev.sightline.config;

/**
 * Where something is written.
 *
 * @param text the file, or the flag of the command line; empty if the message itself says it
 * @param line from 1
 * @param column from 1
 */
public record Place(String text, int line, int column) {
    /** For what comes from code, or from the only argument. */
    public static final Place NOWHERE = new Place("", 1, 1);

    /** {@code sightline.yml:3:5}, or only the flag's name if a line has no meaning. */
    @Override
    public String toString() {
        return text.isEmpty() || text.startsWith("-") ? text : text + ":" + line + ":" + column;
    }

    /** A message preceded by its place. */
    String before(String message) {
        return text.isEmpty() ? message : this + ": " + message;
    }
}
