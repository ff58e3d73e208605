package dev.sightline.app.configuration;

import dev.sightline.auth.AuthSettings;
import dev.sightline.config.Node;
import dev.sightline.config.Unwrapped;
import dev.sightline.http.HttpSettings;
import dev.sightline.processor.Parameter;
import dev.sightline.source.EgressSettings;
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
 * @param server what holds for the server as a whole
 * @param processors jars and single Java files with the user's own processors
 * @param streams the streams by name, in order; the first is the default
 * @param profiles by name, what each lays over the settings of streams, by their names
 * @param profile the profile in force; empty for none
 */
public record SightlineConfig(
        @Parameter("How the server listens.") HttpSettings http,

        @Parameter("How browsers reach it by WebRTC.") WebRtcSettings webrtc,

        @Unwrapped ServerSettings server,

        @Parameter("Processors of your own: jars, or single Java files, relative to this file.")
        List<String> processors,

        @Parameter("The streams by name; the first is the default.")
        Map<String, StreamConfig> streams,

        @Parameter("Settings for other times, by name: each lays its keys over those of the streams it names.")
        Map<String, Map<String, Node>> profiles,

        @Parameter("The profile in force from the start; the API switches it while the server runs.")
        Optional<String> profile) {
    /** Copies the collections in order. */
    public SightlineConfig {
        processors = List.copyOf(processors);
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
    }

    /** Without profiles. */
    public SightlineConfig(
            HttpSettings http, WebRtcSettings webrtc, List<String> processors, Map<String, StreamConfig> streams) {
        this(http, webrtc, ServerSettings.DEFAULTS, processors, streams, Map.of(), Optional.empty());
    }

    /** Where sources may lead that the API adds or changes. */
    public EgressSettings egress() {
        return server.egress();
    }

    /** Who may do what. */
    public AuthSettings auth() {
        return server.auth();
    }

    /** How the program writes its log. */
    public LogFormat log() {
        return server.log();
    }

    /** The worker processes. */
    public WorkersConfig workers() {
        return server.workers();
    }

    /** The same with another rule for what the API adds. */
    public SightlineConfig with(EgressSettings rule) {
        return with(new ServerSettings(rule, server.auth(), server.log(), server.workers()));
    }

    /** The same for others who may do other things. */
    public SightlineConfig with(AuthSettings other) {
        return with(new ServerSettings(server.egress(), other, server.log(), server.workers()));
    }

    /** The same with another format of the log. */
    public SightlineConfig with(LogFormat format) {
        return with(new ServerSettings(server.egress(), server.auth(), format, server.workers()));
    }

    /** The same with other workers. */
    public SightlineConfig with(WorkersConfig workers) {
        return with(new ServerSettings(server.egress(), server.auth(), server.log(), workers));
    }

    private SightlineConfig with(ServerSettings whole) {
        return new SightlineConfig(http, webrtc, whole, processors, streams, profiles, profile);
    }

    /** The same, listening in another way. */
    public SightlineConfig with(HttpSettings settings) {
        return new SightlineConfig(settings, webrtc, server, processors, streams, profiles, profile);
    }

    /** The same with other settings of WebRTC. */
    public SightlineConfig with(WebRtcSettings media) {
        return new SightlineConfig(http, media, server, processors, streams, profiles, profile);
    }

    /** WebRTC's settings: on a free port if HTTP uses one, unless a port was given. */
    public WebRtcSettings media() {
        return http.port() == 0 && webrtc.port() == WebRtcSettings.DEFAULTS.port() ? webrtc.withPort(0) : webrtc;
    }
}
