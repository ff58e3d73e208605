package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import dev.sightline.stream.PublishException;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.StreamLimitException;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.ice.Candidate;
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
import dev.sightline.transport.webrtc.transport.MediaPort;
import dev.sightline.transport.webrtc.transport.PeerTransport;
import dev.sightline.transport.webrtc.transport.TransportLimitException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** All sessions of a media port. Safe for use by any thread. */
final class Sessions implements SessionService, AutoCloseable {
    private static final long TICK_MILLIS = 20;

    private final StreamRegistry streams;
    private final MediaPort port;
    private final Feeds feeds = new Feeds();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final EndedSessions ended = new EndedSessions();

    // The media thread's.
    private long ticks;

    /** No sessions yet, on a port that is theirs alone. */
    Sessions(StreamRegistry streams, MediaPort port) {
        this.streams = streams;
        this.port = port;
        port.executor().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How each is doing. */
    List<SessionStatus> statuses() {
        return sessions.values().stream()
                .map(Session::status)
                .sorted((one, other) -> Long.compare(one.session(), other.session()))
                .toList();
    }

    /** How each rendition that is watched is sent. */
    List<FeedStatus> feeds() {
        return feeds.statuses();
    }

    /** How those were doing at their end that ended last, the last one first. */
    List<SessionStatus> ended() {
        return ended.newestFirst();
    }

    /** How one is doing, or was doing at its end if that is not long ago. */
    Optional<SessionStatus> status(String id) {
        return Optional.ofNullable(sessions.get(id)).map(Session::status).or(() -> ended.status(id));
    }

    @Override
    public Answered watch(String name, RemoteDescription offer, CodecPreferences wishes, Caller caller)
            throws SdpException {
        LiveStream stream = watchable(name);
        Negotiated agreed =
                Negotiation.judge(offer, Purpose.WATCH, Passthrough.of(stream).rather(wishes));
        return open(
                SessionIdentity.of(name, false),
                agreed,
                caller,
                session -> watches(session, stream),
                ours -> LocalDescription.answer(offer, agreed, ours));
    }

    @Override
    public Answered invite(String name, String mid, Caller caller) {
        LiveStream stream = watchable(name);
        Negotiated agreed = Negotiation.invitation(Codec.VP8, mid);
        return open(
                SessionIdentity.of(name, false),
                agreed,
                caller,
                session -> watches(session, stream),
                ours -> LocalDescription.offer(agreed, ours));
    }

    @Override
    public void answered(String id, RemoteDescription answer) throws SdpException {
        Session session = Optional.ofNullable(sessions.get(id))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        410,
                        "the session is gone: ask for another offer, and answer it within "
                                + MediaPort.patience().toSeconds() + " s")));
        Negotiated agreed = Negotiation.completed(session.agreed(), answer);
        agreed.remoteFingerprint().ifPresent(session.transport()::verify);
        session.answered(agreed);
    }

    @Override
    public Answered publish(String name, RemoteDescription offer, PublishWishes wishes, Caller caller)
            throws SdpException, PublishException {
        Purpose purpose = wishes.watch() ? Purpose.PUBLISH_AND_WATCH : Purpose.PUBLISH;
        Negotiated agreed = Negotiation.judge(offer, purpose, wishes.codecs());
        Optional<Mirror> mirror = streams.mirror(name);
        if (mirror.isPresent()) {
            mirror.get().checkOpen(wishes.processors());
        } else {
            find(name).checkPublish(wishes.processors());
        }
        return open(
                SessionIdentity.of(name, true),
                agreed,
                caller,
                session -> session.onceConnected(() -> publishes(session, name, wishes)),
                ours -> LocalDescription.answer(offer, agreed, ours));
    }

    /** Only now: a place at a stream that is kept for somebody who never comes keeps others out. */
    private void publishes(Session session, String name, PublishWishes wishes) {
        try {
            Optional<Mirror> mirror = streams.mirror(name);
            LiveStream stream = mirror.isPresent() ? mirror.get().open(wishes.processors()) : find(name);
            Publisher publisher = stream.publish(mirror.isPresent() ? List.of() : wishes.processors());
            session.publishes(new Publishing(
                    publisher, session.identity().receiver(session.agreed()), session, session::run, session::close));
            if (session.agreed().sends()) {
                watches(session, stream).begin();
            }
        } catch (PublishException | ProblemException e) {
            session.close(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<SessionInfo> standing(String id) {
        return Optional.ofNullable(sessions.get(id))
                .map(session -> new SessionInfo(
                        session.identity().stream(),
                        session.identity().publishes(),
                        session.transport().credentials().ufrag()));
    }

    @Override
    public Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) throws SdpException {
        Session session = sessions.get(id);
        Optional<IceCredentials> anew = fragment.credentials();
        if (session == null || anew.isEmpty()) {
            return Optional.empty();
        }
        if (!session.agreed().remoteCredentials().equals(anew)) {
            session.restarted(session.agreed().with(anew.get()));
        } else if (!restart || !session.isRestarted()) {
            return Optional.empty();
        }
        String said = LocalDescription.fragment(session.agreed(), ours(session, caller));
        return Optional.of(new Restarted(session.transport().credentials().ufrag(), said));
    }

    @Override
    public boolean end(String id) {
        Session session = sessions.get(id);
        if (session == null) {
            return false;
        }
        session.close("the session was ended");
        return true;
    }

    /** Ends all of them. */
    @Override
    public void close() {
        sessions.values().forEach(session -> session.close("the server stops"));
    }

    private LiveStream watchable(String name) {
        LiveStream stream = find(name);
        try {
            stream.checkViewers();
        } catch (StreamLimitException e) {
            throw new ProblemException(Problem.of(503, String.valueOf(e.getMessage())));
        }
        return stream;
    }

    private LiveStream find(String name) {
        return streams.find(name)
                .orElseThrow(() -> new ProblemException(Problem.unknown("stream", name, streams.nearest(name))));
    }

    /**
     * Opens a session, which others know of once all of it is there.
     *
     * @param task gives it something to do
     * @param description what we offer or answer with our side of it
     */
    private Answered open(
            SessionIdentity identity,
            Negotiated agreed,
            Caller caller,
            Consumer<Session> task,
            Function<LocalParameters, String> description) {
        Session session = new Session(identity, agreed, port.executor(), this::remove);
        PeerTransport transport = transport(session, caller);
        try {
            session.reaches(transport);
            session.agreed(agreed);
            task.accept(session);
            String sdp = description.apply(ours(session, caller));
            sessions.put(identity.id(), session);
            return new Answered(identity.id(), transport.credentials().ufrag(), sdp);
        } catch (RuntimeException | Error e) {
            // Nobody will ever come.
            transport.close("the session could not begin");
            throw e;
        }
    }

    private PeerTransport transport(Session session, Caller caller) {
        try {
            return port.open(caller.address(), session.agreed().remoteFingerprint(), session);
        } catch (TransportLimitException e) {
            throw new ProblemException(Problem.of(503, String.valueOf(e.getMessage())));
        }
    }

    private void remove(Session over) {
        if (sessions.remove(over.identity().id(), over)) {
            ended.add(over.identity().id(), over.status());
        }
    }

    private Viewing watches(Session session, LiveStream stream) {
        Negotiated agreed = session.agreed();
        Viewing viewing = new Viewing(
                stream,
                Ladder.of(agreed.format()),
                session.identity().sender(agreed),
                session,
                feeds,
                port.executor(),
                session::close);
        session.watches(viewing);
        return viewing;
    }

    private LocalParameters ours(Session session, Caller caller) {
        PeerTransport transport = session.transport();
        SessionIdentity identity = session.identity();
        return new LocalParameters(
                transport.credentials(),
                port.fingerprint(),
                port.candidates(caller.host()).stream().map(Candidate::toSdp).toList(),
                identity.number(),
                identity.ssrc(),
                identity.retransmissionSsrc(),
                identity.cname());
    }

    private void tick() {
        ticks++;
        try {
            sessions.values().forEach(session -> session.tick(ticks));
        } catch (OutOfMemoryError e) {
            // What throws is called no more; the next tick may have memory.
        }
    }
}
