package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.transport.webrtc.parameters.IceCredentials;
import dev.sightline.transport.webrtc.sdp.CodecPreferences;
import dev.sightline.transport.webrtc.sdp.Fragment;
import dev.sightline.transport.webrtc.sdp.LocalDescription;
import dev.sightline.transport.webrtc.sdp.LocalParameters;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import dev.sightline.transport.webrtc.sdp.Negotiation;
import dev.sightline.transport.webrtc.sdp.Purpose;
import dev.sightline.transport.webrtc.sdp.RemoteDescription;
import dev.sightline.transport.webrtc.sdp.SdpException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A desk whose sessions stand on paper: descriptions are exchanged, but nothing is ever sent. */
final class PaperDesk implements SessionService {
    private static final String FINGERPRINT = "sha-256 " + "00:".repeat(31) + "00";

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final int most;

    /** With room for so many sessions. */
    PaperDesk(int most) {
        this.most = most;
    }

    @Override
    public Answered watch(String stream, RemoteDescription offer, CodecPreferences wishes, Caller caller)
            throws SdpException {
        return begin(stream, false, offer, Negotiation.judge(offer, Purpose.WATCH, wishes), caller.host());
    }

    @Override
    public Answered publish(String stream, RemoteDescription offer, PublishWishes wishes, Caller caller)
            throws SdpException {
        Purpose purpose = wishes.watch() ? Purpose.PUBLISH_AND_WATCH : Purpose.PUBLISH;
        if (!wishes.processors().isEmpty()) {
            throw new ProblemException(Problem.of(403, "not offered: " + wishes.processors()));
        }
        return begin(stream, true, offer, Negotiation.judge(offer, purpose, wishes.codecs()), caller.host());
    }

    @Override
    public Answered invite(String stream, String mid, Caller caller) {
        Session session = entered(stream, false, Negotiation.invitation(Codec.VP8, mid));
        String sdp = LocalDescription.offer(session.agreed(), ours(session, caller.host()));
        return new Answered(session.id(), session.etag(), sdp);
    }

    @Override
    public void answered(String id, RemoteDescription answer) throws SdpException {
        Session session = sessions.get(id);
        if (session == null) {
            throw new ProblemException(Problem.of(410, "the session is gone"));
        }
        sessions.put(id, session.with(Negotiation.completed(session.agreed(), answer)));
    }

    @Override
    public Optional<SessionInfo> standing(String id) {
        return Optional.ofNullable(sessions.get(id))
                .map(session -> new SessionInfo(session.stream(), session.publishes(), session.etag()));
    }

    @Override
    public Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) {
        Session session = sessions.get(id);
        if (fragment.credentials().isEmpty()
                || fragment.credentials().equals(session.agreed().connection().remoteCredentials())) {
            return Optional.empty();
        }
        Session restarted =
                new Session(id, session.stream(), session.publishes(), session.etag() + "-2", session.agreed());
        sessions.put(id, restarted);
        String text = LocalDescription.fragment(restarted.agreed(), ours(restarted, caller.host()));
        return Optional.of(new Restarted(restarted.etag(), text));
    }

    @Override
    public boolean end(String id) {
        return sessions.remove(id) != null;
    }

    /** What was agreed on in the session begun last. */
    Negotiated latest() {
        return sessions.get("session" + ids.get()).agreed();
    }

    private Answered begin(
            String stream, boolean publishes, RemoteDescription offer, Negotiated agreed, Optional<InetAddress> host) {
        Session session = entered(stream, publishes, agreed);
        return new Answered(session.id(), session.etag(), LocalDescription.answer(offer, agreed, ours(session, host)));
    }

    private Session entered(String stream, boolean publishes, Negotiated agreed) {
        if (sessions.size() >= most) {
            throw new ProblemException(Problem.of(503, "there are " + most + " sessions already"));
        }
        int number = ids.incrementAndGet();
        Session session = new Session("session" + number, stream, publishes, "tag" + number, agreed);
        sessions.put(session.id(), session);
        return session;
    }

    private static LocalParameters ours(Session session, Optional<InetAddress> host) {
        List<String> candidates = host.stream()
                .map(address -> "candidate:1 1 udp 1 " + address.getHostAddress() + " 8190 typ host")
                .toList();
        return new LocalParameters(
                new IceCredentials(session.etag(), "password-of-22-or-more"), FINGERPRINT, candidates, 1, 2, 3, "cn");
    }

    private record Session(String id, String stream, boolean publishes, String etag, Negotiated agreed) {
        Session with(Negotiated completed) {
            return new Session(id, stream, publishes, etag, completed);
        }
    }
}
