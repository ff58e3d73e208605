package dev.sightline.http;

/** So much of a stranger's word as can stand in a sentence: it may be kilobytes long. */
public final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    /** The text itself where it is short, else its beginning and an ellipsis. */
    public static String of(String text) {
        return of(text, LONGEST);
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
