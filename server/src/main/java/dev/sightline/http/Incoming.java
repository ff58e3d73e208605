package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One request while its body comes in: where it goes was settled from its head. */
final class Incoming {
    private static final byte[] NO_BODY = new byte[0];

    private final HttpRequest head;
    private final Target target;
    private final Routes.Match match;
    private final Route route;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    /**
     * A request whose body has not come yet.
     *
     * @throws ProblemException 413, if it announces a body longer than the route takes
     */
    Incoming(HttpRequest head, Target target, Routes.Match match, Route route) {
        this.head = head;
        this.target = target;
        this.match = match;
        this.route = route;
        checkLength(HttpUtil.getContentLength(head, 0L));
    }

    Route route() {
        return route;
    }

    Sharing sharing() {
        return match.sharing();
    }

    /**
     * Takes in a part of the body.
     *
     * @throws ProblemException 413, if it is longer than the route takes
     */
    void add(ByteBuf part) {
        int length = part.readableBytes();
        checkLength((long) body.size() + length);
        try {
            part.readBytes(body, length);
        } catch (IOException e) {
            throw new AssertionError("memory takes every byte", e);
        }
    }

    /** The request, its body complete. */
    Request request(InetSocketAddress remoteAddress) {
        return new Request(
                head.method().name(),
                target.path(),
                match.parameters(),
                target.query(),
                headers(head.headers()),
                body.size() == 0 ? NO_BODY : body.toByteArray(),
                remoteAddress);
    }

    private void checkLength(long length) {
        if (length > route.maxBodyBytes()) {
            String limit = route.maxBodyBytes() == 0 ? "no body" : "at most " + route.maxBodyBytes() + " bytes";
            throw new ProblemException(Problem.of(413, Excerpt.of(target.path()) + " takes " + limit));
        }
    }

    private static Headers headers(HttpHeaders fields) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.forEach(field -> headers.computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                .add(field.getValue()));
        return Headers.of(headers);
    }
}
