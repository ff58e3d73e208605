package dev.sightline.refusal;

/**
 * The part of a stranger's text that fits into a sentence: the text may be kilobytes long. It stays on one line: control
 * characters, and those that change the direction of writing, become question marks.
 */
public final class Excerpt {
    private static final int LONGEST = 100;
    private static final int LONGEST_LINE = 500;

    private Excerpt() {}

    /** The text itself where it has at most 100 characters, else its beginning and an ellipsis. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** As much as a log line takes. */
    public static String line(String text) {
        return of(text, LONGEST_LINE);
    }

    /** The same with another length; a surrogate pair stays together. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return oneLine(text);
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return oneLine(text.substring(0, end)) + "…";
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            if (isControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }

    private static boolean isControl(char each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
