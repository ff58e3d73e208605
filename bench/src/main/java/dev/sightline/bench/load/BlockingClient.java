package dev.sightline.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One connection whose user waits for whatever comes next, up to a limit. One thread reads, any may write whole messages. It
 * ends by RST, so that no port stays taken.
 */
final class BlockingClient implements AutoCloseable {
    private static final String SET_COOKIE = "Set-Cookie: ";
    private static final int NO_CONTENT = 204;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final URI root;
    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * Connects.
     *
     * @param root the server's address, of which the host and the port count
     * @param patience the limit of each waiting
     */
    BlockingClient(URI root, InetSocketAddress from, Duration patience) throws IOException {
        int millis = (int) patience.toMillis();
        this.root = root;
        try {
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            socket.bind(from);
            socket.connect(new InetSocketAddress(root.getHost(), root.getPort()), millis);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What is asked with, without a blank line. */
    static String head(String method, URI root, String path) {
        return method + " " + path + " HTTP/1.1\r\n" + Credential.fields(root);
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    /** Sends all of it. */
    synchronized void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Asks for a path, and waits for the whole answer. */
    HttpAnswer get(String path) throws IOException {
        send(ascii(head("GET", root, path) + "\r\n"));
        return answer();
    }

    /** The same with a body. */
    HttpAnswer post(String path, String type, byte[] body) throws IOException {
        begin(path, type, body);
        return answer();
    }

    private void begin(String path, String type, byte[] body) throws IOException {
        send(ascii(head("POST", root, path) + "Content-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\n\r\n"));
        send(body);
    }

    /** The cookie that an answer to an object brings; fails where there is none. */
    String cookie(String path, byte[] json) throws IOException {
        begin(path, "application/json", json);
        String head = readHead().toString();
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, SET_COOKIE, 0, SET_COOKIE.length()))
                .map(line -> line.substring(SET_COOKIE.length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new IOException("refused: " + HttpAnswer.status(head)));
    }

    /** Asks for a WebSocket by a subprotocol too, and tells the answer's status. */
    int ask(String path, String subprotocol) throws IOException {
        String head = Request.head(URI.create("ws://" + root.getAuthority() + path));
        send(ascii(head.substring(0, head.length() - 2) + "Sec-WebSocket-Protocol: " + subprotocol + "\r\n\r\n"));
        return HttpAnswer.status(readHead().toString());
    }

    /** Becomes a WebSocket; fails where the server refuses that. */
    void upgrade(String path) throws IOException {
        send(ascii(Request.head(URI.create("ws://" + root.getAuthority() + path))));
        ResponseHead head = readHead();
        if (!head.isUpgrade()) {
            throw head.refused();
        }
    }

    /** Hands over what there is by now, at least a byte; false at the end. */
    boolean read(ByteBuffer buffer) throws IOException {
        int count = in.read(buffer.array(), buffer.arrayOffset(), buffer.capacity());
        buffer.position(0).limit(Math.max(0, count));
        return count >= 0;
    }

    /** Reads until the end, on a thread of its own that does not lose patience; the connection is then closed. */
    void readAside(PictureParser parser, PictureParser.Listener listener) {
        Thread reader = new Thread(() -> readAll(parser, listener), "reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** What a WebSocket that only lives on does with what comes: answers, and tells of pongs. */
    PictureParser.Listener living(Runnable onPong) {
        return new PictureParser.Listener() {
            @Override
            public void picture(PictureHead head) {}

            @Override
            public void answer(byte[] bytes) {
                try {
                    send(bytes);
                } catch (IOException e) {
                    close();
                }
            }

            @Override
            public void pong() {
                onPong.run();
            }

            @Override
            public void goodbye() {
                close();
            }
        };
    }

    private void readAll(PictureParser parser, PictureParser.Listener listener) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (isOpen()) {
            try {
                if (!read(buffer)) {
                    close();
                }
                parser.feed(buffer, listener);
            } catch (SocketTimeoutException e) {
                // There was nothing to say.
            } catch (IOException e) {
                close();
            }
        }
    }

    private HttpAnswer answer() throws IOException {
        String head = readHead().toString();
        int status = HttpAnswer.status(head);
        return new HttpAnswer(status, in.readNBytes(status == NO_CONTENT ? 0 : HttpAnswer.length(head)));
    }

    private ResponseHead readHead() throws IOException {
        ResponseHead head = new ResponseHead();
        byte[] one = new byte[1];
        do {
            if (in.read(one) < 0) {
                throw new IOException("the server has closed the connection");
            }
        } while (!head.feed(ByteBuffer.wrap(one)));
        return head;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
