package dev.sightline.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** The program's entry. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /** Runs the command line and exits with its code: 0 fine, 1 failed, 2 used wrongly. */
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
            // Whatever it is: threads of what had begun would keep the process, its ports, and nothing behind them.
            System.err.println("sightline: the program cannot be started: " + e);
        }
        if (code != RunCommand.GOES_ON) {
            System.exit(code);
        }
    }
}
