package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of the PROXY protocol, versions 1 and 2 (HAProxy, "The PROXY protocol", 2020): at the beginning of a connection, a proxy
 * names the client for which it opened it.
 *
 * @param client that client; {@link #UNKNOWN} if the proxy does not name it, or speaks for itself
 */
record ProxyHeader(InetSocketAddress client) {
    /** Not an address of this computer, so that nobody is taken for one of its programs. */
    static final InetSocketAddress UNKNOWN = new InetSocketAddress(address(new byte[4]), 0);

    /** With its line end. */
    private static final int LONGEST_LINE = 107;

    private static final int FIXED = 16;
    /** More than addresses of any kind and the usual further values; the protocol allows 64 KiB. */
    private static final int LONGEST_REST = 2_048;

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN(?: .*)?|TCP[46] ([0-9A-Fa-f.:]{2,39}) [0-9A-Fa-f.:]{2,39} (\\d{1,5}) \\d{1,5})");

    /**
     * Reads the header, and takes its bytes away.
     *
     * @return empty if not all of it has come
     * @throws IllegalArgumentException if that is none, or a longer one than any proxy sends
     */
    static Optional<ProxyHeader> read(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            return Optional.empty();
        }
        return bytes.getByte(bytes.readerIndex()) == 'P' ? line(bytes) : binary(bytes);
    }

    private static Optional<ProxyHeader> line(ByteBuf bytes) {
        int most = Math.min(bytes.readableBytes(), LONGEST_LINE);
        int end = bytes.indexOf(bytes.readerIndex(), bytes.readerIndex() + most, (byte) '\n');
        if (end < 0) {
            require(most < LONGEST_LINE);
            return Optional.empty();
        }
        String text = bytes.readCharSequence(end - bytes.readerIndex() + 1, StandardCharsets.US_ASCII)
                .toString();
        require(text.endsWith("\r\n"));
        Matcher line = LINE.matcher(text.substring(0, text.length() - 2));
        require(line.matches());
        if (line.group(1) == null) {
            return Optional.of(new ProxyHeader(UNKNOWN));
        }
        byte[] address = NetUtil.createByteArrayFromIpAddressString(line.group(1));
        int port = Integer.parseInt(line.group(2));
        require(address != null && port <= 0xFFFF);
        return Optional.of(new ProxyHeader(new InetSocketAddress(address(address), port)));
    }

    private static Optional<ProxyHeader> binary(ByteBuf bytes) {
        int start = bytes.readerIndex();
        for (int i = 0; i < Math.min(bytes.readableBytes(), SIGNATURE.length); i++) {
            require(bytes.getByte(start + i) == SIGNATURE[i]);
        }
        if (bytes.readableBytes() < FIXED) {
            return Optional.empty();
        }
        int command = bytes.getByte(start + 12) & 0xFF;
        int family = bytes.getByte(start + 13) >> 4 & 0xF;
        int rest = bytes.getUnsignedShort(start + 14);
        require((command == 0x20 || command == 0x21) && rest <= LONGEST_REST);
        if (bytes.readableBytes() < FIXED + rest) {
            return Optional.empty();
        }
        InetSocketAddress client = command == 0x21 ? client(bytes, start + FIXED, family, rest) : UNKNOWN;
        bytes.skipBytes(FIXED + rest);
        return Optional.of(new ProxyHeader(client));
    }

    private static InetSocketAddress client(ByteBuf bytes, int from, int family, int rest) {
        int length = family == 1 ? 4 : family == 2 ? 16 : 0;
        if (length == 0) {
            return UNKNOWN; // a Unix socket, or unspecified
        }
        require(rest >= 2 * length + 4);
        byte[] address = new byte[length];
        bytes.getBytes(from, address);
        return new InetSocketAddress(address(address), bytes.getUnsignedShort(from + 2 * length));
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("no header of the PROXY protocol");
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("it has 4 or 16 bytes", e);
        }
    }
}
