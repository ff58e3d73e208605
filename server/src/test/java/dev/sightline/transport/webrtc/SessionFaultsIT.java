package dev.sightline.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.access.Access;
import dev.sightline.frame.Codec;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceSchemes;
import dev.sightline.source.pattern.PatternScheme;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Sender;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.testkit.Await;
import dev.sightline.transport.webrtc.rtp.PacketSink;
import dev.sightline.transport.webrtc.sdp.Negotiated;
import dev.sightline.transport.webrtc.sdp.Negotiation;
import dev.sightline.transport.webrtc.transport.SteppedPort;
import dev.sightline.transport.webrtc.transport.TransportState;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a task of a session throws ends it, with its transport, its place at the stream, and its encoder. */
class SessionFaultsIT {
    private final StreamRegistry streams = new StreamRegistry();
    private final SteppedPort media;
    private final Feeds feeds = new Feeds(4_000_000);
    private final List<Session> ended = new CopyOnWriteArrayList<>();
    private final Negotiated agreed = Negotiation.invitation(Codec.VP8, "0");

    SessionFaultsIT() throws Exception {
        media = new SteppedPort();
    }

    @AfterEach
    void stop() {
        media.close();
        streams.close();
    }

    @Test
    void task_outOfMemory_leavesNothingBehind() throws Exception {
        LiveStream stream = pattern();
        Session session = watching(stream, new Working());
        Await.until("it is encoded", () -> !stream.status().renditions().isEmpty());

        session.run(() -> {
            throw new OutOfMemoryError("a test");
        });

        assertGone(session, stream);
        assertThat(session.transport().explanation()).isEqualTo("a fault of the server: its log says more");
    }

    /** Not even the goodbye can be sent, nor was the picture. */
    @Test
    void picture_outOfMemory_leavesNothingBehind() throws Exception {
        LiveStream stream = pattern();
        Session session = watching(stream, new Broken());

        session.run(session::onConnected);

        assertGone(session, stream);
    }

    @Test
    void publishing_outOfMemory_makesRoomForTheNext() throws Exception {
        LiveStream stream = streams.startPublished("me", PipelineRecipe.of(List.of()));
        Session session = session(true);
        session.publishes(new Publishing(
                stream.publish(List.of(), new Sender("webrtc", "127.0.0.1", why -> {})),
                session.identity().receiver(agreed),
                new Working(),
                session::run,
                session::close));

        session.run(() -> {
            throw new NoClassDefFoundError("a test");
        });

        Await.until("it has ended", () -> ended.contains(session));
        stream.publish(List.of(), new Sender("webrtc", "127.0.0.1", why -> {})).close();
        assertThat(media.port().totals().transports().open()).isZero();
    }

    private void assertGone(Session session, LiveStream stream) {
        Await.until("it has ended", () -> ended.contains(session));
        assertThat(session.transport().state()).isEqualTo(TransportState.CLOSED);
        assertThat(media.port().totals().transports().open()).isZero();
        assertThat(stream.status().viewers()).isZero();
        assertThat(stream.status().renditions()).isEmpty();
        assertThat(feeds.statuses()).isEmpty();
    }

    private LiveStream pattern() {
        return streams.start(
                "demo",
                new SourceSchemes(List.of(new PatternScheme())).source("pattern:320x240@30", SourceOptions.DEFAULTS),
                Pipeline.of(List.of()),
                false);
    }

    private Session watching(LiveStream stream, PacketSink sink) throws RefusedException {
        Session session = session(false);
        session.watches(new Viewing(
                stream,
                ViewerIdentity.of("webrtc", "127.0.0.1", Optional.empty()),
                Ladder.of(agreed.format()),
                session.identity().sender(agreed),
                sink,
                feeds,
                media.port().executor(),
                session::close));
        session.run(session::onProved);
        return session;
    }

    private Session session(boolean publishes) throws RefusedException {
        Session session = new Session(
                SessionIdentity.of("demo", publishes),
                agreed,
                Access.open(),
                media.port().executor(),
                ended::add);
        session.reaches(media.port().open(InetAddress.getLoopbackAddress(), Optional.empty(), session));
        return session;
    }

    private static class Working implements PacketSink {
        @Override
        public void rtp(byte[] packet, int offset, int length) {}

        @Override
        public void rtcp(byte[] packet, int offset, int length) {}

        @Override
        public void flush() {}
    }

    private static final class Broken extends Working {
        @Override
        public void rtp(byte[] packet, int offset, int length) {
            throw new OutOfMemoryError("a test");
        }

        @Override
        public void rtcp(byte[] packet, int offset, int length) {
            throw new OutOfMemoryError("a test");
        }
    }
}
