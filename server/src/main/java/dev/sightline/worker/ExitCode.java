package dev.sightline.worker;

import java.util.List;

/** How a process ended, as the system tells it. */
record ExitCode(int code) {
    /** {@code ExitOnOutOfMemoryError}. */
    private static final int HEAP = 3;

    private static final int SIGNAL = 128;
    private static final List<String> SIGNALS = List.of(
            "0", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL",
            "SIGUSR1", "SIGSEGV", "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM");

    Death.Cause cause() {
        return code == HEAP ? Death.Cause.HEAP : code > SIGNAL ? Death.Cause.CRASH : Death.Cause.EXIT;
    }

    String reason(WorkerSettings settings) {
        int signal = code - SIGNAL;
        return code == HEAP
                ? "its Java heap of " + (settings.heapBytes() >> 20) + " MiB was exhausted"
                : signal <= 0
                        ? "it ended with code " + code
                        : "it was ended by " + (signal < SIGNALS.size() ? SIGNALS.get(signal) : "signal " + signal);
    }
}
