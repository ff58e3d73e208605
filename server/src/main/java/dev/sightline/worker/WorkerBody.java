package dev.sightline.worker;

/** What a worker process does: made in the child by its public constructor without arguments, from the name that the server told it. */
public interface WorkerBody {
    /** Loads what takes long, such as native libraries, while the process still waits for its work as the spare. */
    default void prepare() {}

    /**
     * Does the work of one worker; the process ends when it returns or throws. Its thread may be used until the link ends.
     *
     * @param link to the server
     * @param notes what the server reads after a crash or hang: which streams were in native code
     */
    void run(Link link, WorkNotes notes) throws InterruptedException;
}
