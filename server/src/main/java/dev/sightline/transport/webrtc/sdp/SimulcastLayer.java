package dev.sightline.transport.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One of the encodings in which a sender offers the same frames (simulcast, RFC 8853).
 *
 * @param rid its name
 * @param restrictions for example {@code max-width} (RFC 8851); mostly empty, as browsers write none
 */
record SimulcastLayer(String rid, Map<String, String> restrictions) {
    /** Names of the largest layer, if names tell: beside f, h is half; beside l, h is high. */
    private static final List<String> LARGEST = List.of("f", "full", "fhd", "high", "hi", "h", "hd", "large");

    SimulcastLayer {
        restrictions = Map.copyOf(restrictions);
    }

    /** The layers that a section sends; empty if it sends only one encoding. */
    static List<SimulcastLayer> of(Attributes section) {
        List<String> sent = section.first("simulcast").map(SimulcastLayer::sent).orElse(List.of());
        List<SimulcastLayer> layers = new ArrayList<>();
        for (String value : section.all("rid")) {
            String[] words = value.split("\\s+", 3);
            if (words.length > 1 && words[1].equals("send") && sent.contains(words[0])) {
                layers.add(new SimulcastLayer(words[0], SectionReader.parameters(words.length > 2 ? words[2] : "")));
            }
        }
        return layers.size() > 1 ? layers : List.of();
    }

    /**
     * The best layer: the largest if their sizes or names tell, else the last, which W3C's {@code sendEncodings} scales down
     * least.
     */
    static Optional<SimulcastLayer> best(List<SimulcastLayer> layers) {
        return layers.stream().reduce((one, other) -> other.isBetterThan(one) ? other : one);
    }

    private boolean isBetterThan(SimulcastLayer earlier) {
        boolean bothSayIt = size() > 0 && earlier.size() > 0;
        int size = bothSayIt ? Long.compare(size(), earlier.size()) : 0;
        return size > 0 || size == 0 && rank() <= earlier.rank();
    }

    /** Its maximum size, by the first measure given; 0 if unlimited or unknown. */
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
}
