package dev.sightline.app.configuration;

import dev.sightline.config.Node;
import dev.sightline.http.HttpSettings;
import dev.sightline.processor.Parameter;
import dev.sightline.transport.webrtc.WebRtcSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be configured: the result of YAML, the command line and the embedding builder.
 *
 * @param http how the server listens
 * @param webrtc how browsers reach it by WebRTC
 * @param processors jars and single Java files with the user's own processors
 * @param streams the streams by name, in order; the first is the default
 * @param profiles by name, what each lays over the settings of streams, by their names
 * @param profile the profile in force; empty for none
 * @param workers the limits of the worker processes that streams run in
 */
public record SightlineConfig(
        @Parameter("How the server listens.") HttpSettings http,

        @Parameter("How browsers reach it by WebRTC.") WebRtcSettings webrtc,

        @Parameter("Processors of your own: jars, or single Java files, relative to this file.")
        List<String> processors,

        @Parameter("The streams by name; the first is the default.")
        Map<String, StreamConfig> streams,

        @Parameter("Settings for other times, by name: each lays its keys over those of the streams it names.")
        Map<String, Map<String, Node>> profiles,

        @Parameter("The profile in force from the start; the API switches it while the server runs.")
        Optional<String> profile,

        @Parameter("The worker processes that streams name.")
        WorkerLimits workers) {

    /** Copies the collections in order. */
    public SightlineConfig {
        processors = List.copyOf(processors);
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /** Without profiles. */
    public SightlineConfig(
            HttpSettings http, WebRtcSettings webrtc, List<String> processors, Map<String, StreamConfig> streams) {
        this(http, webrtc, processors, streams, Map.of(), Optional.empty(), WorkerLimits.DEFAULTS);
    }

    /** The same, listening in another way. */
    public SightlineConfig with(HttpSettings settings) {
        return new SightlineConfig(settings, webrtc, processors, streams, profiles, profile, workers);
    }

    /** The same with other settings of WebRTC. */
    public SightlineConfig with(WebRtcSettings media) {
        return new SightlineConfig(http, media, processors, streams, profiles, profile, workers);
    }

    /** WebRTC's settings: on a free port if HTTP uses one, unless a port was given. */
    public WebRtcSettings media() {
        return http.port() == 0 && webrtc.port() == WebRtcSettings.DEFAULTS.port() ? webrtc.withPort(0) : webrtc;
    }
}
