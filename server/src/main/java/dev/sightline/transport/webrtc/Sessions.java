package dev.sightline.transport.webrtc;

import dev.sightline.frame.Codec;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.Publisher;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.transport.webrtc.SessionStatus.Repairs;
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
    private final Feeds feeds;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final EndedSessions ended = new EndedSessions();

    // Used on the media thread.
    private long ticks;

    /**
     * Creates an empty set for a port that is used only by these sessions.
     *
     * @param capOf720 as {@link LadderConditions} takes it
     */
    Sessions(StreamRegistry streams, MediaPort port, int capOf720) {
        this.streams = streams;
        this.port = port;
        this.feeds = new Feeds(capOf720);
        port.executor().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The status of each session. */
    List<SessionStatus> statuses() {
        return sessions.values().stream()
                .map(Session::status)
                .sorted((one, other) -> Long.compare(one.session(), other.session()))
                .toList();
    }

    /** How each rendition with viewers is sent. */
    List<FeedStatus> feeds() {
        return feeds.statuses();
    }

    /** The final status of the sessions that ended last, the latest first. */
    List<SessionStatus> ended() {
        return ended.newestFirst();
    }

    /** What became of the packets that all peers so far asked for again. */
    Repairs repairs() {
        synchronized (ended) { // a session that ends now is counted once
            return sessions.values().stream()
                    .map(session -> session.status().repairs())
                    .reduce(ended.repairs(), Repairs::plus);
        }
    }

    /** The status of a session, or its final status if it ended recently. */
    Optional<SessionStatus> status(String id) {
        return Optional.ofNullable(sessions.get(id)).map(Session::status).or(() -> ended.status(id));
    }

    @Override
    public Answered watch(String name, RemoteDescription offer, CodecPreferences wishes, Caller caller)
            throws SdpException, RefusedException {
        LiveStream stream = watchable(name);
        Negotiated agreed = Negotiation.judge(
                offer,
                Purpose.WATCH,
                LadderConditions.passthrough(stream)
                        .map(wishes::withPassthrough)
                        .orElse(wishes));
        return open(
                SessionIdentity.of(name, false),
                agreed,
                caller,
                session -> watches(session, stream, caller),
                ours -> LocalDescription.answer(offer, agreed, ours));
    }

    @Override
    public Answered invite(String name, String mid, Caller caller) throws RefusedException {
        LiveStream stream = watchable(name);
        Negotiated agreed = Negotiation.invitation(Codec.VP8, mid);
        return open(
                SessionIdentity.of(name, false),
                agreed,
                caller,
                session -> watches(session, stream, caller),
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
        agreed.connection().remoteFingerprint().ifPresent(session.transport()::verify);
        session.answered(agreed);
    }

    @Override
    public Answered publish(String name, RemoteDescription offer, PublishWishes wishes, Caller caller)
            throws SdpException, RefusedException {
        Purpose purpose = wishes.watch() ? Purpose.PUBLISH_AND_WATCH : Purpose.PUBLISH;
        Negotiated agreed = Negotiation.judge(offer, purpose, wishes.codecs());
        NamedStream stream = streams.find(name);
        stream.checkPublish(wishes.processors());
        return open(
                SessionIdentity.of(name, true),
                agreed,
                caller,
                session -> session.onceConnected(() -> publishes(session, stream, wishes, caller)),
                ours -> LocalDescription.answer(offer, agreed, ours));
    }

    /** Not earlier, since a stream reserved for a client that never comes keeps others out. */
    private void publishes(Session session, NamedStream stream, PublishWishes wishes, Caller caller) {
        try {
            Publisher publisher = stream.publish(wishes.processors(), caller.sender(session::close));
            session.publishes(new Publishing(
                    publisher, session.identity().receiver(session.agreed()), session, session::run, session::close));
            if (session.agreed().sends()) {
                watches(session, publisher.stream(), caller).begin();
            }
        } catch (RefusedException e) {
            session.close(e.getMessage());
        }
    }

    @Override
    public Optional<SessionInfo> standing(String id) {
        return Optional.ofNullable(sessions.get(id))
                .map(session -> new SessionInfo(
                        session.identity().stream(),
                        session.identity().publishes(),
                        session.transport().credentials().ufrag(),
                        session.owner()));
    }

    @Override
    public Optional<Restarted> patch(String id, Fragment fragment, boolean restart, Caller caller) throws SdpException {
        Session session = sessions.get(id);
        Optional<IceCredentials> anew = fragment.credentials();
        if (session == null || anew.isEmpty()) {
            return Optional.empty();
        }
        if (!session.agreed().connection().remoteCredentials().equals(anew)) {
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

    /** Ends all sessions. */
    @Override
    public void close() {
        sessions.values().forEach(session -> session.close("the server stops"));
    }

    private LiveStream watchable(String name) throws RefusedException {
        LiveStream stream = streams.watchable(name);
        stream.checkViewers();
        return stream;
    }

    /**
     * Opens a session; others see it only when it is complete.
     *
     * @param task gives it something to do
     * @param description our side of the offer or answer
     */
    private Answered open(
            SessionIdentity identity,
            Negotiated agreed,
            Caller caller,
            Consumer<Session> task,
            Function<LocalParameters, String> description)
            throws RefusedException {
        Session session = new Session(identity, agreed, caller.access(), port.executor(), this::remove);
        PeerTransport transport =
                port.open(caller.address(), agreed.connection().remoteFingerprint(), session);
        try {
            session.reaches(transport);
            session.agreed(agreed);
            task.accept(session);
            String sdp = description.apply(ours(session, caller));
            sessions.put(identity.id(), session);
            session.lastsAsLongAsOwner();
            return new Answered(identity.id(), transport.credentials().ufrag(), sdp);
        } catch (RuntimeException | Error e) {
            // The peer will never come.
            transport.close("the session could not begin");
            throw e;
        }
    }

    private void remove(Session over) {
        synchronized (ended) {
            if (sessions.remove(over.identity().id(), over)) {
                ended.add(over.identity().id(), over.status());
            }
        }
    }

    private Viewing watches(Session session, LiveStream stream, Caller caller) {
        Negotiated agreed = session.agreed();
        Viewing viewing = new Viewing(
                stream,
                caller.viewer(),
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
            // A scheduled task that throws is not called again; the next tick may have memory.
        }
    }
}
