package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A server under floods. Each flood's method makes one connection (that of idle ones many) and goes on until it ends,
 * which it tells by a failure. Safe for use by any thread.
 *
 * @param root the server's address
 * @param from the floods' own
 * @param tally where it is counted what gets through
 */
record FloodTarget(URI root, InetSocketAddress from, FloodTally tally) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String STREAM = "/live/bench/ws";
    /** Takes pictures, and so long messages; sends nothing until one is complete. */
    private static final String MIRROR = "/live/mirror/ws";

    private static final String SOCKET_IO = "/socket.io/?EIO=4&transport=websocket";
    private static final int PART_BYTES = 64 * 1024;
    private static final byte[] PART = new byte[PART_BYTES];
    private static final int MESSAGE_PARTS = 15 * 1024 * 1024 / PART_BYTES - 1;
    private static final int POST_BYTES = 2_000_000;
    private static final int PIPELINED = 100;
    private static final int LETTERS = 8_000;
    private static final int IDLE = 2_500;
    private static final long A_SECOND = 1_000;
    private static final byte[] TEXT_AND_PING = joined(ClientFrame.text("x"), ClientFrame.PING);
    private static final String TINY_EVENTS = EngineIo.tinyEvents(POST_BYTES);

    void frame() throws IOException, InterruptedException {
        try (BlockingClient client = webSocket(SOCKET_IO)) {
            // Nothing is answered: a pong would be a part of the message.
            client.readAside((bytes, listener) -> bytes.position(bytes.limit()), client.living(() -> {}));
            client.send(ClientFrame.text("40"));
            client.send(ClientFrame.binaryHead((MESSAGE_PARTS + 1) * PART_BYTES));
            for (int part = 0; part < MESSAGE_PARTS; part++) {
                client.send(PART);
            }
            tally.taken(1);
            while (true) {
                Thread.sleep(A_SECOND);
                client.send(new byte[1]);
            }
        }
    }

    void fragments() throws IOException, InterruptedException {
        try (BlockingClient client = webSocket(MIRROR)) {
            client.readAside(new WebSocketParser(), client.living(() -> {}));
            for (int part = 0; part < MESSAGE_PARTS; part++) {
                client.send(ClientFrame.fragment(part == 0, PART));
            }
            tally.taken(1);
            while (client.isOpen()) {
                Thread.sleep(A_SECOND);
            }
            throw new IOException("the server has closed the connection");
        }
    }

    void texts() throws IOException {
        byte[] salvo = repeated(TEXT_AND_PING, PIPELINED);
        try (BlockingClient client = webSocket(STREAM)) {
            client.readAside(new WebSocketParser(), client.living(() -> tally.taken(2)));
            while (true) {
                client.send(salvo);
            }
        }
    }

    void health() throws IOException {
        pipeline("/health");
    }

    void names() throws IOException {
        pipeline("/live/" + "x".repeat(LETTERS));
    }

    void packets() throws IOException {
        try (BlockingClient client = client()) {
            while (true) {
                EngineIo session = EngineIo.open(client);
                tally.answered(session.post(TINY_EVENTS).isOk());
            }
        }
    }

    void offers() throws IOException {
        try (BlockingClient client = client()) {
            while (true) {
                HttpAnswer answer = client.post("/live/bench/whep", "application/sdp", LonelyOffer.next());
                tally.answered(answer.isOk());
            }
        }
    }

    /** Each that the server ends is made once more. */
    void idle() throws IOException, InterruptedException {
        try (Selector selector = Selector.open()) {
            ByteBuffer buffer = ByteBuffer.allocate(PART_BYTES);
            while (true) {
                if (selector.keys().size() < IDLE) {
                    connectIdle(selector);
                    selector.selectNow(key -> readIdle(key, buffer));
                } else {
                    selector.select(key -> readIdle(key, buffer), A_SECOND);
                }
            }
        }
    }

    private void connectIdle(Selector selector) throws IOException, InterruptedException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(from);
            channel.connect(new InetSocketAddress(root.getHost(), root.getPort()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            tally.taken(1);
        } catch (IOException e) {
            channel.close();
            tally.closed();
            Thread.sleep(A_SECOND);
        }
    }

    private void readIdle(SelectionKey key, ByteBuffer buffer) {
        try {
            if (((SocketChannel) key.channel()).read(buffer.clear()) < 0) {
                throw new IOException("the server has closed the connection");
            }
        } catch (IOException e) {
            tally.closed();
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private void pipeline(String path) throws IOException {
        byte[] request = (BlockingClient.head("GET", root, path) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] salvo = repeated(request, PIPELINED);
        try (BlockingClient client = client()) {
            client.readAside(new AnswerCounter(tally), client.living(() -> {}));
            while (true) {
                client.send(salvo);
            }
        }
    }

    private BlockingClient client() throws IOException {
        return new BlockingClient(root, from, PATIENCE);
    }

    private BlockingClient webSocket(String path) throws IOException {
        BlockingClient client = client();
        try {
            client.upgrade(path);
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length * times);
        for (int i = 0; i < times; i++) {
            all.put(bytes);
        }
        return all.array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
