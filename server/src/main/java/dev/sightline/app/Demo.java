package dev.sightline.app;

import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.http.HttpSettings;
import dev.sightline.source.Source;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is served by default: the pattern with its moving disc detected, a stream for a browser's camera, and a camera if one
 * exists.
 */
final class Demo {
    private static final Place PLACE = new Place("demo", 1, 1);
    private static final String CAMERA = "camera:0";

    private Demo() {}

    static SightlineConfig config(Function<String, Source> sources) {
        Map<String, StreamConfig> streams = new LinkedHashMap<>();
        streams.put("demo", StreamConfig.of("pattern:1280x720@30", steps("motion:bottom=0.9")));
        streams.put(
                "webcam",
                StreamConfig.of(
                        "publish:",
                        new Node.Empty(PLACE),
                        steps("faces,pixelate-faces,motion,edges,grayscale,blur,flip,clock")));
        if (sources.apply(CAMERA).absence().isEmpty()) {
            streams.put("camera", StreamConfig.of(CAMERA, steps("faces,clock")));
        }
        return new SightlineConfig(HttpSettings.DEFAULTS, WebRtcSettings.DEFAULTS, List.of(), streams);
    }

    private static Node steps(String shorthand) {
        return new Node.Scalar(shorthand, PLACE);
    }
}
