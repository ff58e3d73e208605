package dev.sightline.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A poor network on loopback for TCP: stands between clients and a server, and carries what both say as late as TCP would
 * over a line that delays and loses packets. Nothing is lost for good: a {@link TcpWay lost segment} comes again, and what was
 * sent after it waits for it. So much is under way at a time as TCP may send at first (RFC 6928), and what waits for that stays
 * with its sender. Safe for use by any thread.
 */
public final class TcpRelay implements AutoCloseable {
    private static final int WINDOW = 10;
    private static final int LEAST_BUFFER = 4_096;

    private final int serverPort;
    private final long seed;
    private final ServerSocket front;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Impairment up = Impairment.NONE;
    private volatile Impairment down = Impairment.NONE;
    private volatile boolean closed;

    /** Bytes on their way; none at the end of what is said. */
    private record Segment(long dueNanos, byte[] data) {}

    private TcpRelay(int serverPort, long seed) {
        this.serverPort = serverPort;
        this.seed = seed;
        try {
            front = new ServerSocket();
            front.setReceiveBufferSize(LEAST_BUFFER);
            front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** A perfect network to a port of 127.0.0.1, to be made worse; the same seed gives the same chances. */
    public static TcpRelay to(int serverPort, long seed) {
        return new TcpRelay(serverPort, seed);
    }

    /** The address of the server as it is reached through this. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + front.getLocalPort() + "/");
    }

    /** What happens from now on to what clients send, and to what the server sends; of it delay and loss count. */
    public void impair(Impairment upwards, Impairment downwards) {
        up = upwards;
        down = downwards;
    }

    @Override
    public void close() {
        closed = true;
        LoopbackServer.quietly(front);
        sockets.forEach(LoopbackServer::quietly);
    }

    private void accept() {
        for (long number = 0; !closed; number += 2) {
            try {
                Socket client = front.accept();
                Socket server = new Socket();
                sockets.add(client);
                sockets.add(server);
                server.setReceiveBufferSize(LEAST_BUFFER);
                server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
                carry(client, server, true, seed + number);
                carry(server, client, false, seed + number + 1);
            } catch (IOException gone) {
                // This was closed, or else the client sees that its connection is.
            }
        }
    }

    private void carry(Socket from, Socket to, boolean upwards, long chances) {
        BlockingQueue<Segment> underWay = new ArrayBlockingQueue<>(WINDOW);
        TcpWay way = new TcpWay(chances);
        daemon(() -> ending(from, to, () -> {
            to.setTcpNoDelay(true);
            take(from.getInputStream(), underWay, way, upwards);
        }));
        daemon(() -> ending(from, to, () -> give(underWay, to)));
    }

    private void take(InputStream in, BlockingQueue<Segment> underWay, TcpWay way, boolean upwards)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[TcpWay.SEGMENT];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            Impairment impairment = upwards ? up : down;
            long roundTrip = up.delay().plus(down.delay()).toNanos();
            long due = way.due(impairment, roundTrip, System.nanoTime());
            underWay.put(new Segment(due, Arrays.copyOf(buffer, read)));
        }
        underWay.put(new Segment(System.nanoTime(), new byte[0]));
    }

    private static void give(BlockingQueue<Segment> underWay, Socket to) throws IOException, InterruptedException {
        OutputStream out = to.getOutputStream();
        for (Segment next = underWay.take(); next.data().length > 0; next = underWay.take()) {
            for (long wait = next.dueNanos() - System.nanoTime();
                    wait > 0;
                    wait = next.dueNanos() - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            out.write(next.data());
        }
        to.shutdownOutput();
    }

    /** What one side cannot be told any more ends both. */
    private void ending(Socket from, Socket to, Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException gone) {
            LoopbackServer.quietly(from);
            LoopbackServer.quietly(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
