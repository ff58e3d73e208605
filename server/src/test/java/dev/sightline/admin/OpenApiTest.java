package dev.sightline.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Described;
import dev.sightline.http.openapi.Operation;
import dev.sightline.metrics.Metrics;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.WebRtcSettings;
import dev.sightline.transport.webrtc.WebRtcTransport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The description of the API and its routes do not drift apart. */
class OpenApiTest {
    private static final String OF_PROGRAMS = "[A-Z]+ /(?:api|health|metrics)(?:/.*)?";

    @Test
    void everyRouteForPrograms_isDescribed_andNothingElseIs() {
        Routes routes = new Routes();
        StreamRegistry streams = new StreamRegistry();
        Admin.addTo(routes, streams, new Unconfigured(), new Metrics(), "1.2.3");
        WorkersApi.addTo(routes, List::of, stream -> false);
        Doors.addTo(routes, Optional.empty(), "127.0.0.1");
        try (WebRtcTransport webRtc = WebRtcTransport.open(streams, WebRtcSettings.DEFAULTS, "127.0.0.1")) {
            webRtc.addTo(routes);
        }

        List<Described> described = routes.described();
        assertThat(described.stream().map(each -> each.method() + " " + each.path()))
                .containsExactlyInAnyOrderElementsOf(routes.addresses()
                        .filter(route -> route.matches(OF_PROGRAMS))
                        .toList())
                .hasSizeGreaterThan(29);
        assertThat(described.stream().map(Described::operation).map(Operation::id))
                .doesNotHaveDuplicates();
    }
}
