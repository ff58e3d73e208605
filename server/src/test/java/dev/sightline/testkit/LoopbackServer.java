package dev.sightline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP server on 127.0.0.1 for tests, with a thread per connection, which can be killed, started again on the same port,
 * and frozen. Safe for use by any thread.
 */
public abstract sealed class LoopbackServer implements AutoCloseable permits HttpMjpegServer, RtspServer {
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Object ice = new Object();
    private volatile boolean frozen;
    private volatile ServerSocket listener;
    private volatile Thread acceptor = Thread.currentThread();

    LoopbackServer() {
        listener = listen(0);
    }

    /** The address of its stream. */
    public abstract String url();

    /** When the picture of a number was due, as {@link System#nanoTime}. */
    public abstract long nanoTimeOf(long number);

    /** The port, which stays the same over {@link #kill} and {@link #restart}. */
    public final int port() {
        return listener.getLocalPort();
    }

    /** Connections open at the moment. */
    public final int connections() {
        return connections.size();
    }

    /** Connections ever accepted. */
    public final int accepted() {
        return accepted.get();
    }

    /** Ends like a process that is killed or a cable that is pulled and put back: all connections are reset. */
    public final void kill() {
        quietly(listener);
        // Until its thread has left, the kernel still takes connections.
        joined(acceptor);
        for (Socket connection : connections) {
            reset(connection);
        }
    }

    /** Listens again on the same port. */
    public final void restart() {
        int port = port();
        thaw();
        listener = listen(port);
        begin();
    }

    /** Stops sending and reading, while connections stay open. */
    public final void freeze() {
        frozen = true;
    }

    /** Goes on after {@link #freeze}. */
    public final void thaw() {
        synchronized (ice) {
            frozen = false;
            ice.notifyAll();
        }
    }

    @Override
    public final void close() {
        thaw();
        kill();
    }

    /** Starts to accept. */
    final void begin() {
        ServerSocket listening = listener;
        acceptor = daemon("accept", () -> accept(listening));
    }

    /** Serves one connection until it ends. */
    abstract void serve(Socket connection) throws IOException, InterruptedException;

    /** Waits while the server is frozen. */
    final void passIce() throws InterruptedException {
        synchronized (ice) {
            while (frozen) {
                ice.wait();
            }
        }
    }

    final Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, getClass().getSimpleName() + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket connection = listening.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                daemon("connection", () -> run(connection));
                if (listening.isClosed()) {
                    reset(connection);
                }
            } catch (IOException killed) {
                quietly(listening);
            }
        }
    }

    private void run(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            serve(connection);
        } catch (IOException | InterruptedException | UncheckedIOException ended) {
            // The other side left, or the server was killed.
        } finally {
            connections.remove(connection);
        }
    }

    /** With a linger time of 0 the kernel sends RST. */
    private static void reset(Socket connection) {
        try {
            connection.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then there is nothing to reset.
        }
        quietly(connection);
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static void quietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception closed) {
            // Then it is closed.
        }
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            return socket;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
