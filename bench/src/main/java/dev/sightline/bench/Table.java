package dev.sightline.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Figures beside each other, printed so that people and Markdown can read them. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with the heads of its columns. */
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A number with a fixed count of decimals. */
    public static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** Prints it, and an empty line. */
    public void print(PrintStream out) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        Arrays.fill(widths, 1);
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), widths));
            if (i == 0) {
                out.println(rule(widths));
            }
        }
        out.println();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            boolean words = i == 0 || i == widths.length - 1;
            line.append(String.format(" %" + (words ? "-" : "") + widths[i] + "s |", row.get(i)));
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            boolean words = i == 0 || i == widths.length - 1;
            line.append(" ").append("-".repeat(widths[i])).append(words ? " |" : ":|");
        }
        return line.toString();
    }
}
