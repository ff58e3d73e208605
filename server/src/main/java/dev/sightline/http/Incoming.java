package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.connection.ArrivedBytes;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.refusal.Excerpt;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One request while its body arrives; its head has already determined the route. */
final class Incoming {
    private static final byte[] NO_BODY = new byte[0];

    private final HttpRequest head;
    private final Target target;
    private final Routes.Match match;
    private final Route route;
    private final Access access;
    private final int maxBodyBytes;
    private final ArrivedBytes body;

    /**
     * Creates a request whose body has not come yet.
     *
     * @param access what its sender may do
     * @param input counts the body's bytes
     * @throws ProblemException 413, if it announces a body longer than the route accepts
     */
    Incoming(
            HttpRequest head,
            Target target,
            Routes.Match match,
            Route route,
            Access access,
            InputBudget.Account input) {
        this.head = head;
        this.target = target;
        this.match = match;
        this.route = route;
        this.access = access;
        this.maxBodyBytes = route.maxBodyBytes(target.query());
        this.body = new ArrivedBytes(input);
        checkLength(HttpUtil.getContentLength(head, 0L));
    }

    Route route() {
        return route;
    }

    Sharing sharing() {
        return match.sharing();
    }

    /**
     * Adds a part of the body.
     *
     * @throws ProblemException 413, if it is longer than the route accepts
     */
    void add(ByteBuf part) {
        checkLength((long) body.size() + part.readableBytes());
        if (part.isReadable()) {
            body.add(ByteBufUtil.getBytes(part));
        }
    }

    /** Discards the body so far. */
    void drop() {
        body.take();
    }

    /** The request with its complete body. */
    Request request(InetSocketAddress remoteAddress, ClientAddress client) {
        return new Request(
                head.method().name(),
                target.path(),
                match.parameters(),
                target.query(),
                headers(head.headers()),
                body.size() == 0 ? NO_BODY : body.take(),
                new Visitor(remoteAddress, client, access));
    }

    private void checkLength(long length) {
        if (length > maxBodyBytes) {
            String limit = maxBodyBytes == 0 ? "no body" : "at most " + maxBodyBytes + " bytes";
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
