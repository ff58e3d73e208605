package dev.sightline.app;

import dev.sightline.auth.Origins;
import dev.sightline.config.Place;
import dev.sightline.config.Problems;
import dev.sightline.config.Ranges;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What is wrong with a configuration whoever made it: YAML, the command line, or code. */
final class Judgement {
    private static final int MAX_PORT = 65_535;

    private Judgement() {}

    /** Reports numbers out of range, ports that are named twice, and origins that are none. */
    static void of(SightlineConfig config, Collection<StreamAddress> addresses, Written written) {
        Problems problems = written.problems();
        Ranges.check("http", config.http(), problems);
        Ranges.check("webrtc", config.webrtc(), problems);
        config.streams().forEach((name, stream) -> Ranges.check("stream '" + name + "'", stream, problems));
        ports(config, addresses, written);
        List<String> origins = config.http().allowedOrigins();
        for (int i = 0; i < origins.size(); i++) {
            try {
                new Origins(List.of(origins.get(i)));
            } catch (IllegalArgumentException e) {
                Place place = written.place("http", "allowed-origins", Integer.toString(i));
                problems.add(place, "allowed-origins: " + e.getMessage());
            }
        }
    }

    /** A further port may serve several streams, each at a path of its own. */
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
