package dev.sightline.stream;

/** The threads of a stream: none keeps the program alive, and none is waited for without end. */
final class Threads {
    private static final long STOP_MILLIS = 12_000;

    private Threads() {}

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for a thread's end, 12 s at most. */
    static void join(Thread thread) {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
