package dev.sightline.app.configuration;

import dev.sightline.auth.Hosts;
import dev.sightline.auth.Origins;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Ranges;
import dev.sightline.http.tls.Tls;
import dev.sightline.http.tls.TlsException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Judges a configuration from any origin: YAML, the command line, or code. */
final class Judgement {
    private static final int MAX_PORT = 65_535;

    private Judgement() {}

    /** Reports numbers out of range, ports that are used twice, and invalid origins. */
    static void of(SightlineConfig config, Collection<StreamAddress> addresses, Written written) {
        Problems problems = written.problems();
        Ranges.check("http", config.http(), problems);
        Ranges.check("webrtc", config.webrtc(), problems);
        config.streams().forEach((name, stream) -> Ranges.check("stream '" + name + "'", stream, problems));
        ports(config, addresses, written);
        sharedWorker(config, written);
        each(
                "allowed-origins",
                config.http().guests().allowedOrigins(),
                origin -> new Origins(List.of(origin)),
                written);
        each("allowed-hosts", config.http().guests().allowedHosts(), Hosts::check, written);
        each("tls-names", config.http().https().tlsNames(), Tls::checkName, written);
    }

    private static void sharedWorker(SightlineConfig config, Written written) {
        try {
            config.workers().sharedWorker().ifPresent(WorkerPlans::checkName);
        } catch (IllegalArgumentException e) {
            written.problems().add(written.place("workers", "shared"), "workers: shared: " + e.getMessage());
        }
    }

    /** Reports what is wrong in a list. */
    private static void each(String key, List<String> values, Consumer<String> check, Written written) {
        for (int i = 0; i < values.size(); i++) {
            try {
                check.accept(values.get(i));
            } catch (IllegalArgumentException | TlsException e) {
                Place place = written.place("http", key, Integer.toString(i));
                written.problems().add(place, key + ": " + e.getMessage());
            }
        }
    }

    /** Several streams may share a further port, each at its own path. */
    private static void ports(SightlineConfig config, Collection<StreamAddress> addresses, Written written) {
        Map<Integer, String> taken = new LinkedHashMap<>();
        take(taken, config.http().port(), "HTTP", written);
        take(taken, config.media().port(), "WebRTC", written);
        addresses.stream()
                .map(StreamAddress::port)
                .flatMapToInt(OptionalInt::stream)
                .distinct()
                .forEach(port -> {
                    if (port < 0 || port > MAX_PORT) {
                        written.problems().add("a WebSocket's port is 0 to " + MAX_PORT + ", not " + port);
                    }
                    take(taken, port, "a WebSocket", written);
                });
    }

    private static void take(Map<Integer, String> taken, int port, String use, Written written) {
        String before = port == 0 ? null : taken.putIfAbsent(port, use);
        if (before != null) {
            written.problems()
                    .add(
                            written.place("webrtc", "port"),
                            "port " + port + " is for both " + before + " and " + use
                                    + ": choose another for one of them");
        }
    }
}
