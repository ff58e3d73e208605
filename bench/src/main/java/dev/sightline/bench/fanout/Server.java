package dev.sightline.bench.fanout;

import java.net.URI;

/**
 * One of the two servers that are compared.
 *
 * @param name for people
 * @param process where it runs
 * @param stream the address viewers ask for
 */
record Server(String name, Child process, URI stream) implements AutoCloseable {

    /** The same server, watched at another address. */
    Server at(URI other) {
        return new Server(name, process, other);
    }

    double cpuSeconds() {
        return ProcessFacts.cpuSeconds(process.pid());
    }

    double residentMegabytes() {
        return ProcessFacts.residentMegabytes(process.pid());
    }

    /** Holds it still, so that it takes nothing from another that is measured. */
    void pause() {
        process.signal("STOP");
    }

    void resume() {
        process.signal("CONT");
    }

    @Override
    public void close() {
        resume();
        process.close();
    }
}
