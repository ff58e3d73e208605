package dev.sightline.transport.webrtc.sdp;

import dev.sightline.refusal.Excerpt;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a description that comes later, by trickle ICE (RFC 8840): candidates, or the credentials of an ICE restart.
 *
 * @param credentials of its side's ICE, changed by a restart
 * @param mids of the sections it applies to
 * @param candidates without {@code candidate:}
 * @param complete whether no more candidates come
 */
public record Fragment(
        Optional<IceCredentials> credentials, List<String> mids, List<String> candidates, boolean complete) {
    private static final int MAX_CANDIDATES = 256;

    /** Foundation, component, transport, priority, address, port, type (RFC 8839 section 5.1). */
    private static final Pattern CANDIDATE =
            Pattern.compile("\\S{1,32} \\d{1,3} \\S+ \\d{1,10} \\S+ \\d{1,5} typ \\S+( .*+)?");

    public Fragment {
        mids = List.copyOf(mids);
        candidates = List.copyOf(candidates);
    }

    /**
     * Parses the body of a PATCH, {@code application/trickle-ice-sdpfrag}.
     *
     * @throws SdpException if it is malformed
     */
    public static Fragment parse(String text) throws SdpException {
        List<Level> levels = Level.split(text);
        List<String> candidates = new ArrayList<>();
        List<String> mids = new ArrayList<>();
        Optional<IceCredentials> credentials = Optional.empty();
        boolean complete = false;
        for (Level level : levels) {
            Attributes attributes = level.attributes();
            TransportSide side = SectionReader.transport(levels.get(0).attributes(), attributes);
            credentials = credentials.or(side::credentials);
            mids.addAll(attributes.all("mid"));
            for (String candidate : attributes.all("candidate")) {
                candidates.add(checked(candidate, candidates.size()));
            }
            complete |= attributes.has("end-of-candidates");
        }
        if (credentials.isEmpty() && candidates.isEmpty() && !complete) {
            throw SdpException.malformed("the fragment has neither candidates nor credentials");
        }
        return new Fragment(credentials, mids, candidates, complete);
    }

    private static String checked(String candidate, int before) throws SdpException {
        if (before >= MAX_CANDIDATES) {
            throw SdpException.malformed("the fragment has more than " + MAX_CANDIDATES + " candidates");
        }
        if (!CANDIDATE.matcher(candidate).matches()) {
            throw SdpException.malformed("this is not a candidate: " + Excerpt.of(candidate));
        }
        return candidate;
    }
}
