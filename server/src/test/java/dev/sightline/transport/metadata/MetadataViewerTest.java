package dev.sightline.transport.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Headers;
import dev.sightline.http.Response;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.testkit.PushSource;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reader of events whose connection fails now and then. */
class MetadataViewerTest {
    private final EventExecutor loop = new DefaultEventExecutor();
    private final StreamRegistry registry = new StreamRegistry();
    private final LiveStream stream = registry.start("cam", new PushSource(16, 16), Pipeline.of(List.of()), false);

    @AfterEach
    void stop() {
        registry.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void comment_outOfMemory_isSentTheNextTime() throws Exception {
        Failing response = new Failing();
        SharedBuffers<String, EncodedFrame> shared = new SharedBuffers<>();
        loop.submit(() -> {
                    MetadataViewer viewer =
                            new MetadataViewer(response, shared.join(loop, stream.name(), EventForm::picture));
                    viewer.start(
                            stream.subscribe(
                                    Rendition.METADATA,
                                    loop,
                                    viewer,
                                    ViewerIdentity.of("metadata", "192.0.2.1", Optional.empty())),
                            Duration.ofMillis(20));
                    return true;
                })
                .get();

        assertThat(response.failed.poll(20, TimeUnit.SECONDS)).isEqualTo(":\n\n");
        String next = "";
        while (next != null && !next.equals(":\n\n")) {
            next = response.sent.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next).isEqualTo(":\n\n");
    }

    @Test
    void disconnect_eventInTransit_nothingComesButTheReason() throws Exception {
        Slow response = new Slow();
        SharedBuffers<String, EncodedFrame> shared = new SharedBuffers<>();
        ViewerIdentity identity = ViewerIdentity.of("metadata", "192.0.2.1", Optional.empty());
        loop.submit(() -> {
                    MetadataViewer viewer =
                            new MetadataViewer(response, shared.join(loop, stream.name(), EventForm::picture));
                    viewer.start(stream.subscribe(Rendition.METADATA, loop, viewer, identity), Duration.ofMinutes(1));
                    return true;
                })
                .get();
        assertThat(stream.disconnect(identity.id())).isTrue();
        for (int i = 0; i < 3; i++) {
            loop.submit(response.onSent).get();
        }

        assertThat(response.sent)
                .containsExactly(
                        "retry: 2000\n\n",
                        "event: disconnected\ndata: {\"reason\":\"disconnected by the" + " operator\"}\n\n",
                        "the end");
    }

    /** Takes what is sent, and says so when the test does. */
    private final class Slow implements StreamedResponse {
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private volatile Runnable onSent = () -> {};

        @Override
        public EventExecutor executor() {
            return loop;
        }

        @Override
        public void begin(int status, Headers headers, Runnable afterEach) {
            onSent = afterEach;
        }

        @Override
        public void send(ByteBuf bytes) {
            sent.add(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }

        @Override
        public void respond(Response response) {
            throw new AssertionError("this is answered step by step");
        }

        @Override
        public void end() {
            if (!sent.contains("the end")) {
                sent.add("the end");
            }
        }

        @Override
        public void onClose(Runnable action) {}
    }

    /** Has no memory for the first comment. */
    private final class Failing implements StreamedResponse {
        private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();
        private Runnable onSent = () -> {};
        private boolean hasFailed;

        @Override
        public EventExecutor executor() {
            return loop;
        }

        @Override
        public void begin(int status, Headers headers, Runnable afterEach) {
            onSent = afterEach;
        }

        @Override
        public void send(ByteBuf bytes) {
            String text = bytes.toString(StandardCharsets.UTF_8);
            bytes.release();
            if (text.startsWith(":") && !hasFailed) {
                hasFailed = true;
                failed.add(text);
                throw new OutOfMemoryError("a test");
            }
            sent.add(text);
            loop.execute(onSent);
        }

        @Override
        public void respond(Response response) {
            throw new AssertionError("this is answered step by step");
        }

        @Override
        public void end() {}

        @Override
        public void onClose(Runnable action) {}
    }
}
