package dev.sightline.transport.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One of the encodings in which a sender offers the same pictures (simulcast, RFC 8853).
 *
 * @param rid its name
 * @param restrictions for example {@code max-width} (RFC 8851); mostly empty, as browsers write none
 */
record SimulcastLayer(String rid, Map<String, String> restrictions) {
    /** What the largest is called, where names tell: beside an f an h is half, beside an l it is high. */
    private static final List<String> LARGEST = List.of("f", "full", "fhd", "high", "hi", "h", "hd", "large");

    /** Copies the map. */
    SimulcastLayer {
        restrictions = Map.copyOf(restrictions);
    }

    /** Those that a section sends; none where it sends only one. */
    static List<SimulcastLayer> of(Attributes section) {
        List<String> sent = section.first("simulcast").map(SimulcastLayer::sent).orElse(List.of());
        List<SimulcastLayer> layers = new ArrayList<>();
        for (String value : section.all("rid")) {
            String[] words = value.split("\\s+", 3);
            if (words.length > 1 && words[1].equals("send") && sent.contains(words[0])) {
                layers.add(new SimulcastLayer(words[0], restrictions(words.length > 2 ? words[2] : "")));
            }
        }
        return layers.size() > 1 ? layers : List.of();
    }

    /**
     * The best of them: the largest where they say how large they are or their names tell, else the last, which W3C's
     * {@code sendEncodings} scales down least.
     */
    static Optional<SimulcastLayer> best(List<SimulcastLayer> layers) {
        return layers.stream().reduce((one, other) -> other.isBetterThan(one) ? other : one);
    }

    private boolean isBetterThan(SimulcastLayer earlier) {
        boolean bothSayIt = size() > 0 && earlier.size() > 0;
        int size = bothSayIt ? Long.compare(size(), earlier.size()) : 0;
        return size > 0 || size == 0 && rank() <= earlier.rank();
    }

    /** How large it may be at most, by the first measure it names; 0 where it is not limited, or does not say. */
    private long size() {
        long pixels = number("max-width") * number("max-height");
        return pixels > 0 ? pixels : number("max-fs") > 0 ? number("max-fs") : number("max-br");
    }

    private int rank() {
        int place = LARGEST.indexOf(rid.toLowerCase(Locale.ROOT));
        return place < 0 ? LARGEST.size() : place;
    }

    private long number(String restriction) {
        String value = restrictions.getOrDefault(restriction, "");
        return value.matches("\\d{1,9}") ? Long.parseLong(value) : 0;
    }

    /** {@code send 1;~2,3 recv 4}: 1, 2 and 3. */
    private static List<String> sent(String simulcast) {
        List<String> words = Arrays.asList(simulcast.split("\\s+", -1));
        int send = words.indexOf("send");
        return send < 0 || send + 1 >= words.size()
                ? List.of()
                : Arrays.asList(words.get(send + 1).replace("~", "").split("[;,]", -1));
    }

    private static Map<String, String> restrictions(String text) {
        Map<String, String> restrictions = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                restrictions.putIfAbsent(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        }
        return restrictions;
    }
}
