package dev.sightline.app;

import dev.sightline.worker.WorkerProcess;
import java.io.IOException;

/** The entry point of worker processes, which the server starts; not for the command line. */
public final class WorkerMain {
    private static final int FAILED = 1;

    private WorkerMain() {}

    /** Works for the server that started this process, as it says on standard input. */
    public static void main(String[] arguments) {
        int code = FAILED;
        try {
            Logging.configureForWorker();
            Natives.loadInBackground();
            code = WorkerProcess.run(System.in, Runtime.getRuntime()::halt);
        } catch (IOException e) {
            System.err.println("this is no worker of a running server: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(code);
    }
}
