package dev.sightline.app;

import dev.sightline.auth.Origins;
import dev.sightline.config.Problems;
import dev.sightline.config.Ranges;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What is wrong with a configuration whoever made it: YAML, the command line, or code. */
final class Judgement {
    private static final int MAX_PORT = 65_535;

    private Judgement() {}

    /** Reports numbers out of range, ports that are named twice, and origins that are none. */
    static void of(SightlineConfig config, Collection<StreamAddress> addresses, Problems problems) {
        Ranges.check("http", config.http(), problems);
        Ranges.check("webrtc", config.webrtc(), problems);
        config.streams().forEach((name, stream) -> Ranges.check("stream '" + name + "'", stream, problems));
        ports(config, addresses, problems);
        try {
            new Origins(config.http().allowedOrigins());
        } catch (IllegalArgumentException e) {
            problems.add("allowed-origins: " + e.getMessage());
        }
    }

    /** A further port may serve several streams, each at a path of its own. */
    private static void ports(SightlineConfig config, Collection<StreamAddress> addresses, Problems problems) {
        Map<Integer, String> taken = new LinkedHashMap<>();
        take(taken, config.http().port(), "HTTP", problems);
        take(taken, config.media().port(), "WebRTC", problems);
        addresses.stream()
                .map(StreamAddress::port)
                .flatMapToInt(OptionalInt::stream)
                .distinct()
                .forEach(port -> {
                    if (port < 0 || port > MAX_PORT) {
                        problems.add("a WebSocket's port is 0 to " + MAX_PORT + ", not " + port);
                    }
                    take(taken, port, "a WebSocket", problems);
                });
    }

    private static void take(Map<Integer, String> taken, int port, String use, Problems problems) {
        String before = port == 0 ? null : taken.putIfAbsent(port, use);
        if (before != null) {
            problems.add(
                    "port " + port + " is for both " + before + " and " + use + ": choose another for one of them");
        }
    }
}
