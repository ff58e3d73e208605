package dev.sightline.transport.webrtc;

import dev.sightline.http.Request;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address by which a client reached this server over HTTP. Behind a port mapping, such as a container's, it is none of the
 * computer's own addresses. Names are not resolved, which could take seconds.
 */
final class HttpHost {
    private static final Pattern HOST = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]+))(?::\\d+)?");

    private HttpHost() {}

    static Optional<InetAddress> of(Request request) {
        return request.header("Host").flatMap(HttpHost::address);
    }

    static Optional<InetAddress> address(String host) {
        Matcher parts = HOST.matcher(host);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String name = parts.group(1) == null ? parts.group(2) : parts.group(1);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(name.equals("localhost") ? "127.0.0.1" : name);
        try {
            return address == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new AssertionError("it has 4 or 16 bytes", e);
        }
    }
}
