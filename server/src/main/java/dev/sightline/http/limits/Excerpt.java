package dev.sightline.http.limits;

/** So much of a stranger's word as can stand in a sentence: it may be kilobytes long. */
public final class Excerpt {
    private static final int LONGEST = 100;
    private static final int LONGEST_LINE = 500;

    private Excerpt() {}

    /** The text itself where it is short, else its beginning and an ellipsis. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** So much of it as a line of a log takes, in one line: control characters, and what turns the text, are question marks. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(of(text, LONGEST_LINE));
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

    /** The same with another length; two halves of one character stay together. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
