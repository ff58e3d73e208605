package dev.sightline.app;

import java.io.PrintWriter;
import java.util.List;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs the command line and exits with its code: 0 fine, 1 failed, 2 used wrongly. */
    @SuppressWarnings("DefaultCharset") // the console's
    public static void main(String[] arguments) {
        Logging.configure();
        Natives.loadInBackground();
        int code = CommandLines.execute(
                new PrintWriter(System.out, true), new PrintWriter(System.err, true), List.of(arguments));
        if (code != RunCommand.GOES_ON) {
            System.exit(code);
        }
    }
}
