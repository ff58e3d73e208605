package dev.sightline.transport.webrtc.transport;

import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A free media port with the usual patience, whose time is moved on by hand. */
public final class SteppedPort implements AutoCloseable {
    private static final MediaSettings SETTINGS = new MediaSettings("127.0.0.1", 0, List.of(), 1_000, 1_000);

    private final AtomicLong ahead = new AtomicLong();
    private final MediaPort port;

    /** Takes one. */
    public SteppedPort() throws BindException {
        MediaNetwork network = MediaNetwork.best();
        port = MediaPort.bind(
                SETTINGS, network, network.segmentation(), Timeouts.USUAL, () -> System.nanoTime() + ahead.get());
    }

    /** The port itself. */
    public MediaPort port() {
        return port;
    }

    /** So much time passes at once, and the port notices it. */
    public void pass(Duration time) throws InterruptedException, ExecutionException {
        ahead.addAndGet(time.toNanos());
        long look = Timeouts.USUAL.look().toMillis();
        port.executor().schedule(() -> {}, 2 * look, TimeUnit.MILLISECONDS).get();
    }

    @Override
    public void close() {
        port.close();
    }
}
