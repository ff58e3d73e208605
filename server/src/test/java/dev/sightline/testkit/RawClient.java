package dev.sightline.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly what a test says, right or wrong. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(InetSocketAddress server) throws IOException {
        this(connected(server));
    }

    /** A client that speaks TLS, and whom it trusts is said. */
    public RawClient(InetSocketAddress server, SSLContext trust) throws IOException {
        this(secured(connected(server), trust));
    }

    private RawClient(Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A client with an address of its own among those of this computer. */
    public static RawClient from(String address, InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        return new RawClient(connected(socket, server));
    }

    private static Socket connected(InetSocketAddress server) throws IOException {
        return connected(new Socket(), server);
    }

    private static Socket connected(Socket socket, InetSocketAddress server) throws IOException {
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static Socket secured(Socket socket, SSLContext trust) throws IOException {
        SSLSocket secure = (SSLSocket) trust.getSocketFactory().createSocket(socket, "localhost", 0, true);
        secure.startHandshake();
        return secure;
    }

    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** A GET with the Host field that HTTP/1.1 demands. */
    public RawClient get(String path, String... moreFields) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String field : moreFields) {
            request.append(field).append("\r\n");
        }
        return send(request.append("\r\n").toString());
    }

    public RawClient shutdownOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything up to the connection's end. */
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The status line and header fields of the next answer, blank line included. */
    public String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended within a header: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The next answer, with a body as long as it says. */
    public String readAnswer() throws IOException {
        String head = readHead();
        var length =
                java.util.regex.Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        byte[] body = read(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.UTF_8);
    }

    public byte[] read(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Whether the server has said anything that was not read yet, or nothing can be heard any more. */
    public boolean hasSomethingToRead() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the server has closed the connection, which may be told by a reset. */
    public boolean isClosedByServer() {
        try {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            in.transferTo(rest);
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
