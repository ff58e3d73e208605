package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/** One viewer who stays, by WebSocket or MJPEG. Its methods may be called by any thread. */
public final class LastingViewer implements AutoCloseable {
    private final Audience audience;

    /** Comes to an address. */
    public LastingViewer(URI address) throws IOException {
        this(address, Request.ANYWHERE);
    }

    /** The same from an address of its own. */
    public LastingViewer(URI address, InetSocketAddress from) throws IOException {
        audience = Audience.start();
        audience.add(1, address, from, Pace.GOOD);
    }

    /** What it has seen since the last time anybody asked. */
    public Measured seen() {
        Measured seen = audience.endPeriod();
        audience.startPeriod();
        return seen;
    }

    @Override
    public void close() {
        audience.clear();
    }
}
