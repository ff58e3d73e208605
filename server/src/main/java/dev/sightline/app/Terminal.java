package dev.sightline.app;

import java.nio.charset.Charset;

/** The program's output. */
final class Terminal {
    private Terminal() {}

    /** Whether the output is a terminal, not a file or another program, and it can show the character. */
    static boolean shows(char letter) {
        return isThere() && letters().newEncoder().canEncode(letter);
    }

    /** From JDK 22 on there can be a console object without a terminal, which has a method to tell. */
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

    /** The console's character set; before JDK 19 it is not distinguished from that of files. */
    private static Charset letters() {
        String console = System.getProperty("stdout.encoding");
        return console == null ? Charset.defaultCharset() : Charset.forName(console);
    }
}
