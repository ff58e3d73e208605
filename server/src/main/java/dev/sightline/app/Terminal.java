package dev.sightline.app;

import java.nio.charset.Charset;

/** Where the program's words go. */
final class Terminal {
    private Terminal() {}

    /** Whether the words go to a terminal, not into a file or another program, and it can show the letter. */
    static boolean shows(char letter) {
        return isThere() && letters().newEncoder().canEncode(letter);
    }

    /** From JDK 22 on there is a console object without a terminal, too, which knows it. */
    @SuppressWarnings("SystemConsoleNull") // JDK 17 to 21 give none where there is no terminal
    private static boolean isThere() {
        var console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** What the console can show; a JDK of before 19 does not tell it apart from what files are written in. */
    private static Charset letters() {
        String console = System.getProperty("stdout.encoding");
        return console == null ? Charset.defaultCharset() : Charset.forName(console);
    }
}
