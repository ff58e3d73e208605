package dev.sightline.stream;

/** A source that a worker reads: the server knows no more of it than its address. */
record RemoteSource(String address) implements Intake {
    @Override
    public void start() {
        // The worker is told by the production.
    }

    @Override
    public void stop() {
        // The same.
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        // There is no thread to wait for.
    }

    @Override
    public long damaged() {
        return 0;
    }
}
