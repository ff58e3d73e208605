package dev.sightline.config;

/**
 * Where something is written.
 *
 * @param text the file, or the flag of the command line
 * @param line from 1
 * @param column from 1
 */
public record Place(String text, int line, int column) {

    /** {@code sightline.yml:3:5}, or the flag's name alone where a line says nothing. */
    @Override
    public String toString() {
        return text.startsWith("-") ? text : text + ":" + line + ":" + column;
    }
}
