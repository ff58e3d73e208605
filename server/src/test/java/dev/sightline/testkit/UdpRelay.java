package dev.sightline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A poor network on loopback: stands between UDP clients and a server, passes datagrams on both ways, and loses, delays and
 * reorders them as told. The server sees each client at a port of its own. Safe for use by any thread.
 */
public final class UdpRelay implements AutoCloseable {
    /** A host candidate as SDP has it, in SDP itself or in JSON. */
    private static final Pattern CANDIDATE = Pattern.compile(
            "a=candidate:(\\S+) (\\d+) (\\w+) (\\d+) \\S+ \\d+ typ host[^\\r\\n\\\\]*(\\\\r\\\\n|\\r?\\n)");

    private static final int LARGEST = 65_536;
    private static final int BUFFER = 1 << 20;

    private final InetSocketAddress server;
    private final Selector selector;
    private final DatagramChannel front;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final PriorityQueue<Parcel> parcels = new PriorityQueue<>();
    private final ConcurrentLinkedQueue<Runnable> orders = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    private final Direction up;
    private final Direction down;
    private final Thread thread = new Thread(this::run, "udp-relay");
    private volatile int clients;
    private volatile boolean closed;
    private long parcelNumber;

    /** A datagram on its way. */
    private record Parcel(long dueNanos, long number, ByteBuffer data, DatagramChannel by, SocketAddress to)
            implements Comparable<Parcel> {
        @Override
        public int compareTo(Parcel other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** What happens one way, and what has happened. */
    private static final class Direction {
        private final ImpairedWay way;
        private final AtomicLong passed = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();
        private volatile Impairment impairment = Impairment.NONE;

        Direction(long seed) {
            way = new ImpairedWay(seed);
        }
    }

    private UdpRelay(InetSocketAddress server, long seed) {
        this.server = server;
        this.up = new Direction(seed);
        this.down = new Direction(seed + 1);
        try {
            selector = Selector.open();
            front = channel();
            front.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** A perfect network to a port of 127.0.0.1, to be made worse. */
    public static UdpRelay to(int serverPort) {
        return to(serverPort, 1);
    }

    /** The same whose chances go by another seed. */
    public static UdpRelay to(int serverPort, long seed) {
        return new UdpRelay(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), seed);
    }

    /** Where clients send to, on 127.0.0.1. */
    public int port() {
        return front.socket().getLocalPort();
    }

    /** What happens from now on, both ways. */
    public void impair(Impairment impairment) {
        impairUp(impairment);
        impairDown(impairment);
    }

    /** What happens from now on to what clients send. */
    public void impairUp(Impairment impairment) {
        up.impairment = impairment;
    }

    /** What happens from now on to what the server sends. */
    public void impairDown(Impairment impairment) {
        down.impairment = impairment;
    }

    /** From now on the server sees all clients come from other ports, as after a router's restart. */
    public void rebind() {
        orders.add(() -> {
            backs.values().forEach(UdpRelay::quietly);
            backs.clear();
        });
        selector.wakeup();
    }

    /** Clients seen since the beginning or the last {@link #rebind}. */
    public int clients() {
        return clients;
    }

    /** Datagrams of clients that went on to the server. */
    public long passedUp() {
        return up.passed.get();
    }

    /** Datagrams of clients that were lost. */
    public long lostUp() {
        return up.lost.get();
    }

    /** Datagrams of the server that went on to clients. */
    public long passedDown() {
        return down.passed.get();
    }

    /** Datagrams of the server that were lost. */
    public long lostDown() {
        return down.lost.get();
    }

    /**
     * A server's description, in SDP or in JSON, in which this relay is the only candidate.
     *
     * @throws IllegalArgumentException where it has no host candidate for UDP
     */
    public String lead(String description) {
        StringBuilder led = new StringBuilder();
        Matcher candidates = CANDIDATE.matcher(description);
        boolean found = false;
        while (candidates.find()) {
            boolean chosen = !found && candidates.group(3).equalsIgnoreCase("udp");
            found |= chosen;
            String line = "a=candidate:" + candidates.group(1) + " " + candidates.group(2) + " udp "
                    + candidates.group(4) + " 127.0.0.1 " + port() + " typ host" + candidates.group(5);
            candidates.appendReplacement(led, Matcher.quoteReplacement(chosen ? line : ""));
        }
        if (!found) {
            throw new IllegalArgumentException("no host candidate for UDP in " + description);
        }
        return candidates.appendTail(led).toString();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                front) {
            while (!closed) {
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            backs.values().forEach(UdpRelay::quietly);
        }
    }

    private void turn() throws IOException {
        sendDue();
        long wait = parcels.isEmpty() ? 0 : Math.max(1, (parcels.peek().dueNanos() - System.nanoTime()) / 1_000_000);
        selector.select(wait);
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
            order.run();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                read((DatagramChannel) key.channel(), (SocketAddress) key.attachment());
            }
        }
        selector.selectedKeys().clear();
    }

    /** What comes at the front goes to the server; what comes at a client's own port goes to that client. */
    private void read(DatagramChannel channel, @Nullable SocketAddress client) throws IOException {
        for (SocketAddress from = receive(channel); from != null; from = receive(channel)) {
            if (channel == front) {
                accept(up, back(from), server);
            } else {
                accept(down, front, client);
            }
        }
    }

    private @Nullable SocketAddress receive(DatagramChannel channel) {
        try {
            buffer.clear();
            return channel.receive(buffer);
        } catch (IOException refused) {
            return null;
        }
    }

    private void accept(Direction direction, DatagramChannel by, SocketAddress to) {
        long now = System.nanoTime();
        direction
                .way
                .due(direction.impairment, buffer.position(), now)
                .ifPresentOrElse(
                        due -> {
                            direction.passed.incrementAndGet();
                            buffer.flip();
                            ByteBuffer copy = ByteBuffer.allocate(buffer.remaining());
                            copy.put(buffer).flip();
                            parcels.add(new Parcel(due, parcelNumber++, copy, by, to));
                        },
                        direction.lost::incrementAndGet);
    }

    private void sendDue() {
        while (!parcels.isEmpty() && parcels.peek().dueNanos() <= System.nanoTime()) {
            Parcel parcel = parcels.remove();
            try {
                parcel.by().send(parcel.data(), parcel.to());
            } catch (IOException gone) {
                // As any network does with what nobody takes.
            }
        }
    }

    private DatagramChannel back(SocketAddress client) throws IOException {
        DatagramChannel known = backs.get(client);
        if (known == null) {
            known = channel();
            known.register(selector, SelectionKey.OP_READ, client);
            backs.put(client, known);
        }
        clients = backs.size();
        return known;
    }

    private static DatagramChannel channel() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.socket().setReceiveBufferSize(BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return channel;
    }

    private static void quietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException closed) {
            // Then it is closed.
        }
    }
}
