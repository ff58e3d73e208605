package dev.sightline.transport.webrtc.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A session description from the other side, parsed but not judged.
 *
 * @param iceLite whether its side only answers connectivity checks
 * @param bundle the mids that share one connection (RFC 8843); empty if it names none
 * @param sections in order
 */
public record RemoteDescription(boolean iceLite, List<String> bundle, List<MediaSection> sections) {

    public RemoteDescription {
        bundle = List.copyOf(bundle);
        sections = List.copyOf(sections);
    }

    /**
     * Parses an offer or an answer.
     *
     * @throws SdpException if it is malformed
     */
    public static RemoteDescription parse(String text) throws SdpException {
        if (!text.stripLeading().startsWith("v=0")) {
            throw SdpException.malformed("this is not a session description: it does not begin with v=0");
        }
        List<Level> levels = Level.split(text);
        Attributes session = levels.get(0).attributes();
        List<MediaSection> sections = new ArrayList<>();
        for (Level level : levels.subList(1, levels.size())) {
            sections.add(new SectionReader(session, level).read());
        }
        return new RemoteDescription(session.has("ice-lite"), bundle(session), sections);
    }

    /** Whether a section shares the transport of others. */
    boolean isBundled(MediaSection section) {
        return section.mid().filter(bundle::contains).isPresent();
    }

    /** The transport parameters of a section; a bundled section without its own takes those of the bundle's first. */
    TransportSide transport(MediaSection section) {
        if (section.transport().credentials().isPresent() || !isBundled(section)) {
            return section.transport();
        }
        return sections.stream()
                .filter(this::isBundled)
                .map(MediaSection::transport)
                .filter(other -> other.credentials().isPresent())
                .findFirst()
                .orElse(section.transport());
    }

    private static List<String> bundle(Attributes session) {
        return session.all("group").stream()
                .map(group -> Arrays.asList(group.split("\\s+", -1)))
                .filter(words -> words.get(0).equals("BUNDLE"))
                .findFirst()
                .map(words -> words.subList(1, words.size()))
                .orElse(List.of());
    }
}
