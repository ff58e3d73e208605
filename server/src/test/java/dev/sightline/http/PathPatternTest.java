package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.http.limits.ClientAddress;
import io.netty.util.NetUtil;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathPatternTest {
    private static Optional<Map<String, String>> match(PathPattern pattern, String path) {
        List<String> segments = PathPattern.split(path);
        return pattern.matches(segments) ? Optional.of(pattern.parameters(segments)) : Optional.empty();
    }

    @Test
    void match_parameters_takeOneSegmentEach() {
        PathPattern pattern = PathPattern.of("/live/{name}/ws");
        assertThat(match(pattern, "/live/cam/ws")).contains(Map.of("name", "cam"));
        assertThat(match(pattern, "/live/cam/ws/")).contains(Map.of("name", "cam"));
        assertThat(match(pattern, "/live/cam")).isEmpty();
        assertThat(match(pattern, "/live/cam/ws/x")).isEmpty();
        assertThat(match(pattern, "/live//ws")).contains(Map.of("name", ""));
    }

    @Test
    void match_rest_takesAllThatFollows() {
        PathPattern pattern = PathPattern.of("/web/{file...}");
        assertThat(match(pattern, "/web/a/b.js")).contains(Map.of("file", "a/b.js"));
        assertThat(match(pattern, "/web/")).contains(Map.of("file", ""));
        assertThat(match(pattern, "/other")).isEmpty();
    }

    @Test
    void routes_severalFit_theMoreLiteralIsTaken() throws Exception {
        Routes routes = new Routes()
                .get("/{any...}", request -> Response.text("rest"))
                .get("/live/{name}", request -> Response.text("parameter"))
                .get("/live/all", request -> Response.text("literal"));
        assertThat(answer(routes, "/live/all")).isEqualTo("literal");
        assertThat(answer(routes, "/live/cam")).isEqualTo("parameter");
        assertThat(answer(routes, "/live/cam/x")).isEqualTo("rest");
        assertThat(answer(routes, "/")).isEqualTo("rest");
    }

    @Test
    void routes_ofAnotherProgram_areFoundBesideTheFirst() throws Exception {
        Routes routes = new Routes()
                .get("/live/{name}", request -> Response.text("first"))
                .orElse(new Routes()
                        .get("/live/all", request -> Response.text("second"))
                        .get("/", request -> Response.text("root"))
                        .get("/{page}", request -> Response.text("page")));
        assertThat(answer(routes, "/live/all")).isEqualTo("second");
        assertThat(answer(routes, "/live/cam")).isEqualTo("first");
        assertThat(answer(routes, "/")).isEqualTo("root");
        assertThat(answer(routes, "/live")).isEqualTo("page");
        assertThat(routes.find(PathPattern.split("/other/cam"))).isEmpty();
    }

    @Test
    void routes_sameMethodAndPathTwice_isRefused() {
        Routes routes = new Routes().get("/a", request -> Response.text(""));
        assertThatThrownBy(() -> routes.get("/a/", request -> Response.text("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /a/");
        assertThatThrownBy(() -> routes.get("b", request -> Response.text("")))
                .hasMessageContaining("begins with a slash");
    }

    private static String answer(Routes routes, String path) throws Exception {
        Route route =
                routes.find(PathPattern.split(path)).orElseThrow().route("GET").orElseThrow();
        Request request = new Request(
                "GET",
                path,
                Map.of(),
                Map.of(),
                Headers.NONE,
                new byte[0],
                new java.net.InetSocketAddress(0),
                new ClientAddress(NetUtil.createInetAddressFromIpAddressString("192.0.2.1"), false));
        return new String(((Route.Plain) route).handler().handle(request).body());
    }
}
