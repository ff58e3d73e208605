package dev.sightline.stream;

/** What a worker is told of. Called by its {@link RemoteWorker}, under its lock. */
sealed interface RemoteStream permits RemoteProduction, RemoteSessions {

    /** Its name there. */
    String name();

    /** The number that the process goes on after, which from now on makes the frames. */
    long open();

    /** The process has its settings, and must be told the rest. */
    void up();

    /** The process has died, or cannot have it. */
    void down(String why);
}
