package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.http.limits.ClientAddress;
import io.netty.util.NetUtil;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PathPatternTest {

    @Test
    void match_parameters_takeOneSegmentEach() {
        PathPattern pattern = PathPattern.of("/live/{name}/ws");
        assertThat(pattern.match(PathPattern.split("/live/cam/ws"))).contains(Map.of("name", "cam"));
        assertThat(pattern.match(PathPattern.split("/live/cam/ws/"))).contains(Map.of("name", "cam"));
        assertThat(pattern.match(PathPattern.split("/live/cam"))).isEmpty();
        assertThat(pattern.match(PathPattern.split("/live/cam/ws/x"))).isEmpty();
        assertThat(pattern.match(PathPattern.split("/live//ws"))).contains(Map.of("name", ""));
    }

    @Test
    void match_rest_takesAllThatFollows() {
        PathPattern pattern = PathPattern.of("/web/{file...}");
        assertThat(pattern.match(PathPattern.split("/web/a/b.js"))).contains(Map.of("file", "a/b.js"));
        assertThat(pattern.match(PathPattern.split("/web/"))).contains(Map.of("file", ""));
        assertThat(pattern.match(PathPattern.split("/other"))).isEmpty();
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
