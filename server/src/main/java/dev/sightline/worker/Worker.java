package dev.sightline.worker;

/** The server's side of one worker: a name for which a process runs, the next one after each death. */
public interface Worker {
    /** Its name in the configuration. */
    String name();

    /** Puts the one tenant in, and starts a process; says what that may reach. The tenant is told when it is up. */
    void use(Tenant tenant, Confinement confinement);

    /** Changes what its process may reach. A process that could do less than that is replaced, without counting as a death. */
    void confine(Confinement confinement);

    /** Kills the process as hung, from outside of the usual watch: its tenant knows that a stream makes no progress. */
    void kill(String stream, String reason);

    /** How it is. */
    WorkerStatus status();

    /** Ends the process; the name is free again. The tenant is told that it is down. */
    void close();
}
