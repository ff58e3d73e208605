package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.limits.InputBudget;
import dev.sightline.refusal.Excerpt;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Judges the head of a request: whether it is admitted, and its route.
 *
 * @param routes asked for each request
 * @param forwarding what is believed of reverse proxies
 * @param accesses tells what its sender may do
 * @param httpsOnly whether these are the plain connections of a server with TLS
 */
record RequestAdmission(
        Supplier<Routes> routes, Cors cors, Forwarding forwarding, AccessPolicy accesses, boolean httpsOnly) {

    /**
     * The request, ready for its body.
     *
     * @param led is told where it leads, also if it is refused there
     * @throws ProblemException if it is not HTTP/1.x, belongs to HTTPS, has no route, names another server, comes from a
     *     page that may not send it, or from somebody who may not
     */
    Incoming receive(HttpRequest head, Sender sender, InputBudget.Account input, Consumer<Routes.Match> led) {
        checkDecoded(head);
        checkProtocol(head);
        boolean byStrangeProxy =
                forwarding.apply(head.headers(), sender.peer(), host -> cors.checkName(host, sender.byLoopback()));
        Target target = target(head);
        Optional<Routes.Match> found = routes.get().find(target.segments());
        found.ifPresent(led);
        if (httpsOnly && found.filter(Routes.Match::overPlainHttpToo).isEmpty()) {
            throw ToHttps.answer(head);
        }
        Routes.Match match = found.orElseThrow(() -> AccessCheck.nothingAt(target));
        boolean upgrade = isUpgrade(head) && match.methods().containsKey(Routes.WEB_SOCKET);
        cors.check(head, match.sharing(), upgrade || !isSafe(head.method()), sender.byLoopback());
        Access access = accesses.of(Credentials.of(head.headers(), byStrangeProxy, sender.client()));
        new AccessCheck(accesses).check(head, target, need(head, match, upgrade), match.parameters(), access);
        return new Incoming(head, target, match, route(head, match, upgrade), access, input);
    }

    /** A browser's question before the request proper brings no credentials. */
    private static Need need(HttpRequest head, Routes.Match match, boolean upgrade) {
        boolean asks =
                head.method().equals(HttpMethod.OPTIONS) && !match.methods().containsKey("OPTIONS");
        return asks
                ? Need.nothing()
                : match.need(upgrade ? Routes.WEB_SOCKET : head.method().name());
    }

    /** Without the base path, if it was not taken away on the way. */
    private Target target(HttpRequest head) {
        Target asked = Target.of(head.uri());
        if (forwarding.base().isUnfinished(asked)) {
            String slash = forwarding.base().finish();
            throw new ProblemException(Problem.of(308, "this is at " + slash)).withHeader("Location", slash);
        }
        return forwarding.base().without(asked);
    }

    private static void checkDecoded(HttpRequest head) {
        if (head.decoderResult().isSuccess()) {
            return;
        }
        Throwable cause = head.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            throw new ProblemException(Problem.of(
                    414, "the request's address is longer than " + ConnectionInitializer.MAX_REQUEST_LINE + " bytes"));
        }
        if (cause instanceof TooLongHttpHeaderException) {
            throw new ProblemException(Problem.of(
                    431,
                    "the request's header is longer than " + ConnectionInitializer.MAX_HEADERS
                            + " bytes, or has more than " + FewHeaders.MOST + " fields"));
        }
        throw new ProblemException(Problem.of(400, "this is not HTTP"));
    }

    private static void checkProtocol(HttpRequest head) {
        if (head.protocolVersion().majorVersion() != 1) {
            throw new ProblemException(Problem.of(505, "this server speaks HTTP/1.1"));
        }
        int hosts = head.headers().getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || hosts == 0 && head.protocolVersion().minorVersion() > 0) {
            throw new ProblemException(Problem.of(400, "an HTTP/1.1 request has one Host field, this has " + hosts));
        }
        String expected = head.headers().get(HttpHeaderNames.EXPECT);
        if (expected != null && !HttpUtil.is100ContinueExpected(head)) {
            throw new ProblemException(
                    Problem.of(417, "this server does not support the expectation '" + Excerpt.of(expected) + "'"));
        }
    }

    private static Route route(HttpRequest head, Routes.Match match, boolean upgrade) {
        if (upgrade) {
            return match.route(Routes.WEB_SOCKET).orElseThrow(() -> notServed(head, match));
        }
        if (head.method().equals(HttpMethod.OPTIONS) && !match.methods().containsKey("OPTIONS")) {
            return new Route.Plain(0, request -> Cors.options(head, match.allowed(), match.onOptions()));
        }
        return match.route(head.method().name()).orElseThrow(() -> notServed(head, match));
    }

    private static ProblemException notServed(HttpRequest head, Routes.Match match) {
        if (head.method().equals(HttpMethod.GET) && match.methods().containsKey(Routes.WEB_SOCKET)) {
            return new ProblemException(Problem.of(
                            426,
                            "this is the address of a WebSocket, and the request lacks the header Upgrade: websocket; a"
                                    + " reverse proxy on the way has to pass Upgrade and Connection on"))
                    .withHeader("Upgrade", "websocket");
        }
        String allowed = String.join(", ", match.allowed());
        return new ProblemException(Problem.of(
                        405, Excerpt.of(head.method().name()) + " is not served here, but " + allowed + " are"))
                .withHeader("Allow", allowed);
    }

    private static boolean isUpgrade(HttpRequest head) {
        return head.method().equals(HttpMethod.GET)
                && head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private static boolean isSafe(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
