package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** What a connection begins with. */
final class Request {
    /** Set before connecting: left alone, the kernel would hide seconds of pictures here. */
    private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

    /** For who does not mind which address it connects from. */
    static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

    private Request() {}

    /** Connects and asks for an address, for a WebSocket if its scheme is {@code ws}; does not block from then on. */
    static SocketChannel send(URI address) throws IOException {
        return send(address, ANYWHERE);
    }

    /** The same from an address of one's own. */
    static SocketChannel send(URI address, InetSocketAddress from) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(from);
            channel.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            channel.write(ByteBuffer.wrap(head(address).getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What is asked with: for a WebSocket if the scheme is {@code ws}. */
    static String head(URI address) {
        String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        String head = "GET " + path + " HTTP/1.1\r\n" + Credential.fields(address);
        return address.getScheme().equals("ws")
                ? head + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: c2lnaHRsaW5lIGJlbmNoIQ==\r\n\r\n"
                : head + "\r\n";
    }
}
