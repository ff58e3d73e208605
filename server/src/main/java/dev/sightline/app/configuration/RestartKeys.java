package dev.sightline.app.configuration;

import dev.sightline.config.RecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys that take effect with the next start only: where the server listens, and what its transports were made with. */
final class RestartKeys {
    /** What of the section http changes while the server runs. */
    private static final Set<String> LIVE =
            Set.of("allowed-origins", "allowed-hosts", "embedding", "frame-ancestors", "tls-names");

    /** And of the section workers. */
    private static final Set<String> LIVE_OF_WORKERS = Set.of("shared");

    private RestartKeys() {}

    /** What differs from the start and cannot change, in words. */
    static List<String> differing(SightlineConfig started, SightlineConfig now) {
        List<String> words = new ArrayList<>();
        differing("http", RecordWriter.all(started.http()), RecordWriter.all(now.http()), words);
        differing("webrtc", RecordWriter.all(started.media()), RecordWriter.all(now.media()), words);
        differing("workers", RecordWriter.all(started.workers()), RecordWriter.all(now.workers()), words);
        return List.copyOf(words);
    }

    private static void differing(
            String section, Map<String, Object> started, Map<String, Object> now, List<String> words) {
        Set<String> keys = new TreeSet<>(started.keySet());
        keys.addAll(now.keySet());
        keys.removeAll(section.equals("http") ? LIVE : section.equals("workers") ? LIVE_OF_WORKERS : Set.of());
        for (String key : keys) {
            if (!Objects.equals(started.get(key), now.get(key)) && !isOtherCertificate(key, started, now)) {
                words.add(section + ": " + key + " is " + shown(now.get(key)) + " from the next start on; it stays "
                        + shown(started.get(key)) + " until then");
            }
        }
    }

    /** Only whether there is one at all is decided at the start. */
    private static boolean isOtherCertificate(String key, Map<String, Object> started, Map<String, Object> now) {
        return key.equals("tls") && !"off".equals(started.get(key)) && !"off".equals(now.get(key));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "unset" : value.toString();
    }
}
