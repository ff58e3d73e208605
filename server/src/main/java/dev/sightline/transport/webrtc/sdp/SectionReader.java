package dev.sightline.transport.webrtc.sdp;

import dev.sightline.refusal.Excerpt;
import dev.sightline.transport.webrtc.parameters.Fingerprint;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one {@code m=} section, and what it inherits from the session. */
final class SectionReader {
    private static final int LARGEST_PORT = 65_535;
    private static final int LARGEST_PAYLOAD_TYPE = 127;

    private final Attributes session;
    private final Attributes own;
    private final String[] heading;

    SectionReader(Attributes session, Level level) throws SdpException {
        this.session = session;
        this.own = level.attributes();
        this.heading = level.heading().strip().split("\\s+", -1);
        if (heading.length < 4) {
            throw SdpException.malformed("a section begins with m=, its kind, port, protocol and formats, not with m="
                    + Excerpt.of(level.heading()));
        }
    }

    MediaSection read() throws SdpException {
        List<String> formats = Arrays.asList(heading).subList(3, heading.length);
        return new MediaSection(
                new MediaSection.Line(
                        heading[0],
                        number(heading[1].replaceFirst("/.*", ""), LARGEST_PORT, "a port"),
                        heading[2],
                        formats),
                own.first("mid").filter(mid -> !mid.isEmpty()),
                own.has("bundle-only"),
                direction(),
                transport(session, own),
                new MediaSection.Rtp(
                        own.has("rtcp-mux"),
                        own.has("rtcp-rsize"),
                        codecs(formats),
                        extensions(),
                        SimulcastLayer.best(SimulcastLayer.of(own)).map(SimulcastLayer::rid)));
    }

    private Direction direction() {
        for (Attributes level : List.of(own, session)) {
            for (Direction each : Direction.values()) {
                if (level.has(each.attribute())) {
                    return each;
                }
            }
        }
        return Direction.SENDRECV;
    }

    /** The section's own parameters, else the session's. */
    static TransportSide transport(Attributes session, Attributes own) throws SdpException {
        Optional<String> ufrag = inherited(session, own, "ice-ufrag");
        Optional<String> password = inherited(session, own, "ice-pwd");
        Optional<IceCredentials> credentials = Optional.empty();
        List<Fingerprint> fingerprints = new ArrayList<>();
        try {
            if (ufrag.isPresent() && password.isPresent()) {
                credentials = Optional.of(IceCredentials.parse(ufrag.get(), password.get()));
            }
            for (String value : (own.has("fingerprint") ? own : session).all("fingerprint")) {
                Fingerprint.parse(value).ifPresent(fingerprints::add);
            }
        } catch (IllegalArgumentException e) {
            throw SdpException.malformed(String.valueOf(e.getMessage()));
        }
        Optional<String> setup = inherited(session, own, "setup");
        return new TransportSide(
                credentials,
                fingerprints,
                setup.isPresent() ? Optional.of(Setup.parse(setup.get())) : Optional.empty());
    }

    private static Optional<String> inherited(Attributes session, Attributes own, String name) {
        return own.first(name).or(() -> session.first(name));
    }

    private List<PayloadFormat> codecs(List<String> formats) throws SdpException {
        Map<String, String> names = byPayloadType("rtpmap");
        Map<String, String> parameters = byPayloadType("fmtp");
        Map<String, Set<String>> feedback = feedback();
        Set<String> everywhere = feedback.getOrDefault("*", Set.of());
        List<PayloadFormat> codecs = new ArrayList<>();
        for (String format : new LinkedHashSet<>(formats)) {
            String name = names.get(format);
            if (name != null) {
                Set<String> all = new LinkedHashSet<>(feedback.getOrDefault(format, Set.of()));
                all.addAll(everywhere);
                codecs.add(codec(format, name, parameters(parameters.getOrDefault(format, "")), all));
            }
        }
        return codecs;
    }

    private static PayloadFormat codec(String format, String rtpmap, Map<String, String> parameters, Set<String> all)
            throws SdpException {
        String[] parts = rtpmap.split("/", 3);
        if (parts.length < 2) {
            throw SdpException.malformed("a=rtpmap names an encoding and its clock rate, as in 96 VP8/90000, not "
                    + Excerpt.of(format + " " + rtpmap));
        }
        return new PayloadFormat(
                number(format, LARGEST_PAYLOAD_TYPE, "a payload type"),
                parts[0],
                number(parts[1], Integer.MAX_VALUE, "a clock rate"),
                parts.length == 3 ? Optional.of(parts[2]) : Optional.empty(),
                parameters,
                all);
    }

    /** Values by the payload type they begin with. */
    private Map<String, String> byPayloadType(String attribute) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String value : own.all(attribute)) {
            String[] words = value.split("\\s+", 2);
            if (words.length == 2) {
                values.putIfAbsent(words[0], words[1]);
            }
        }
        return values;
    }

    private Map<String, Set<String>> feedback() {
        Map<String, Set<String>> feedback = new LinkedHashMap<>();
        for (String value : own.all("rtcp-fb")) {
            String[] words = value.split("\\s+", 2);
            if (words.length == 2) {
                feedback.computeIfAbsent(words[0], key -> new LinkedHashSet<>()).add(words[1]);
            }
        }
        return feedback;
    }

    /** {@code name=value;…}, names in lower case; the first counts of those given twice. */
    static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    /** Ids by URI; an extension for only one direction counts like any other. */
    private Map<String, Integer> extensions() throws SdpException {
        Map<String, Integer> extensions = new LinkedHashMap<>();
        for (String value : (own.has("extmap") ? own : session).all("extmap")) {
            String[] words = value.split("\\s+", 3);
            if (words.length < 2) {
                throw SdpException.malformed("a=extmap gives an id and a URI, not " + Excerpt.of(value));
            }
            int id = number(words[0].replaceFirst("/.*", ""), Integer.MAX_VALUE, "an extension's id");
            extensions.putIfAbsent(words[1], id);
        }
        return extensions;
    }

    private static int number(String digits, int largest, String what) throws SdpException {
        if (digits.matches("\\d{1,10}") && Long.parseLong(digits) <= largest) {
            return Integer.parseInt(digits);
        }
        throw SdpException.malformed(what + " is a number up to " + largest + ", not " + Excerpt.of(digits));
    }
}
