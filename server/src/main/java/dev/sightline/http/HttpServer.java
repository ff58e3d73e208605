package dev.sightline.http;

import java.io.IOException;
import java.net.InetSocketAddress;

/** One listening port with its connections. Safe for use by any thread. */
public final class HttpServer implements AutoCloseable {

    private HttpServer() {}

    /**
     * Binds the port and serves at once.
     *
     * @param routes not to be changed afterwards
     * @throws java.net.BindException if the port is taken or the address is none of this computer's; the message says
     *     which, and what to do
     */
    public static HttpServer start(HttpSettings settings, Routes routes, OriginPolicy origins) throws IOException {
        throw new IOException("being written");
    }

    /** Where it listens, with the port really taken. */
    public InetSocketAddress address() {
        throw new IllegalStateException("being written");
    }

    /** Connections at present. */
    public int connections() {
        throw new IllegalStateException("being written");
    }

    /** Lets go of the port, says goodbye on all connections and closes them; waits a few seconds at most. */
    @Override
    public void close() {}
}
