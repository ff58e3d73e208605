package dev.sightline.app;

import dev.sightline.http.HttpSettings;
import dev.sightline.processor.Parameter;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be configured: the result of YAML, the command line and the embedding builder.
 *
 * @param http how the server listens
 * @param webrtc how browsers reach it by WebRTC
 * @param processors jars and single Java files with the user's own processors
 * @param streams the streams by name, in order; the first is the default
 */
public record SightlineConfig(
        @Parameter("How the server listens.") HttpSettings http,

        @Parameter("How browsers reach it by WebRTC.") WebRtcSettings webrtc,

        @Parameter("Processors of your own: jars, or single Java files, relative to this file.")
        List<String> processors,

        @Parameter("The streams by name; the first is the default.")
        Map<String, StreamConfig> streams) {

    /** Copies the collections in order. */
    public SightlineConfig {
        processors = List.copyOf(processors);
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
    }

    SightlineConfig with(HttpSettings settings) {
        return new SightlineConfig(settings, webrtc, processors, streams);
    }

    /** The same with other settings of WebRTC. */
    SightlineConfig with(WebRtcSettings media) {
        return new SightlineConfig(http, media, processors, streams);
    }

    /** WebRTC's settings: on a free port if HTTP uses one, unless a port was given. */
    WebRtcSettings media() {
        return http.port() == 0 && webrtc.port() == WebRtcSettings.DEFAULTS.port() ? webrtc.withPort(0) : webrtc;
    }
}
