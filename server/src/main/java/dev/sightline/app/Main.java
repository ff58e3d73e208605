package dev.sightline.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The program's entry point. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /** Runs the command line and exits with its code: 0 success, 1 failure, 2 wrong usage. */
    @SuppressWarnings("DefaultCharset") // the console's
    public static void main(String[] arguments) {
        int code = FAILED;
        try {
            Logging.configure();
            NativesFolder.choose();
            Natives.loadInBackground();
            code = CommandLines.execute(
                    new PrintWriter(System.out, true), new PrintWriter(System.err, true), List.of(arguments));
        } catch (IOException e) {
            System.err.println("sightline: " + e.getMessage());
        } catch (Throwable e) {
            // Any failure must exit: threads already started would keep the process and its ports, serving nothing.
            System.err.println("sightline: the program cannot be started: " + e);
        }
        if (code != RunCommand.GOES_ON) {
            System.exit(code);
        }
    }
}
