package dev.sightline.stream;

/** The threads of a stream: daemon threads that are never joined without a deadline. */
final class Threads {
    private Threads() {}

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Waits for a thread's end, at most until the given {@link System#nanoTime}; answers whether it has ended. */
    static boolean join(Thread thread, long deadlineNanos) {
        try {
            // 0 would wait for ever.
            thread.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
