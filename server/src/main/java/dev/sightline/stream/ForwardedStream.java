package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import dev.sightline.stream.fanout.ViewerIdentity;
import dev.sightline.stream.wire.Answer;
import dev.sightline.stream.wire.Command;
import dev.sightline.stream.wire.FrameMessage;
import dev.sightline.stream.wire.StatusMessage;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream in a worker, whose one viewer is the server: it watches the renditions that are watched there. Of frames that the
 * link cannot take, the newest follows when it can; of video, the next keyframe.
 *
 * <p>Everything happens on the executor, in the order in which it was asked for: a picture is worked on when those who watched
 * before it came do watch.
 */
public final class ForwardedStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardedStream.class);

    private final LiveStream stream;
    private final Link link;
    private final Executor executor;
    /** Whether it ends with the server's interest in it. */
    private final boolean ofSession;

    private final ViewerIdentity viewer = ViewerIdentity.of("worker", "", Optional.empty());

    // The executor's.
    private final Map<Rendition, Forward> forwards = new HashMap<>();
    private List<Rendition> wanted = List.of();
    private byte[] told = {};
    private @Nullable Publisher publisher;

    /**
     * Forwards nothing yet but the status.
     *
     * @param executor runs one task at a time
     */
    public ForwardedStream(LiveStream stream, Link link, Executor executor) {
        this(stream, link, executor, false);
    }

    /** The same for a mirror's session, which it owns. */
    public static ForwardedStream ofSession(LiveStream session, Link link, Executor executor) {
        return new ForwardedStream(session, link, executor, true);
    }

    private ForwardedStream(LiveStream stream, Link link, Executor executor, boolean ofSession) {
        this.ofSession = ofSession;
        this.stream = stream;
        this.link = link;
        this.executor = executor;
    }

    /** Does what the server asks, soon; what the stream refuses by then is left out, as what comes too late. */
    public void take(Command command) {
        run(() -> does(command));
    }

    private void does(Command command) {
        try {
            if (command instanceof Command.Input input) {
                stream.input(new ViewerInput(input.name(), input.seq(), input.values()));
            } else if (command instanceof Command.Publish publish) {
                publish(publish.chosen());
            } else if (command instanceof Command.Picture picture && publisher != null) {
                put(publisher, picture);
            } else if (command instanceof Command.Leave) {
                leave();
            } else {
                ask(command);
            }
        } catch (RefusedException | PictureException e) {
            LOG.debug("stream '{}': {}", stream.name(), e.getMessage());
        }
    }

    private void publish(List<String> chosen) throws RefusedException {
        leave();
        Publisher newcomer = stream.publish(chosen, new Sender("worker", "", why -> {}));
        newcomer.onKeyframeWanted(() -> link.send(new Answer.KeyframeWanted(stream.name()).message()));
        publisher = newcomer;
    }

    private void leave() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    private static void put(Publisher to, Command.Picture picture) throws RefusedException, PictureException {
        if (picture.codec().intraOnly()) {
            to.put(new SentPicture(
                    picture.body(), picture.from().map(id -> new SenderFrameId(id.seq(), id.captureTime()))));
        } else {
            to.put(new EncodedVideo(picture.codec(), picture.body(), picture.keyframe()));
        }
    }

    private void ask(Command command) {
        if (command instanceof Command.Watch watch) {
            wanted = watch.watched();
            follow();
        } else if (command instanceof Command.Ask ask) {
            Optional.ofNullable(forwards.get(ask.asked())).ifPresent(forward -> forward.ask(ask.keyframe()));
        }
    }

    /** Watches what is wanted; what is refused is tried again with the next status. */
    private void follow() {
        forwards.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().close();
            }
            return unwanted;
        });
        for (Rendition rendition : wanted) {
            if (!forwards.containsKey(rendition)) {
                begin(rendition);
            }
        }
    }

    private void begin(Rendition rendition) {
        Forward forward = new Forward(rendition);
        try {
            forward.subscription = stream.subscribe(rendition, executor, forward, viewer);
            forwards.put(rendition, forward);
        } catch (RefusedException e) {
            LOG.debug("stream '{}': {}", stream.name(), e.getMessage());
        }
    }

    /** Tells the server how the stream is, if that has changed: soon, on the executor. */
    public void tell() {
        run(() -> {
            follow();
            StatusMessage.Source source =
                    new StatusMessage.Source(stream.signal().pastSeq(), stream.passthrough());
            Message message = StatusMessage.of(stream.status(), source).message(stream.name());
            if (!Arrays.equals(message.json(), told) && link.send(message)) {
                told = message.json();
            }
        });
    }

    private void run(Runnable task) {
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("stream '{}' cannot be forwarded", stream.name(), e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("stream '{}' is told of while the worker stops", stream.name());
        }
    }

    /** The stream has ended; a session ends now. */
    @Override
    public void close() {
        if (ofSession) {
            stream.close();
        }
        run(() -> {
            wanted = List.of();
            follow();
        });
    }

    /** One rendition on its way to the server; used by the executor. */
    private final class Forward implements Subscriber, AutoCloseable {
        private final Rendition rendition;
        private @Nullable Subscription subscription;

        /** Whether the server misses a frame that the next depends on. */
        private boolean broken;

        Forward(Rendition rendition) {
            this.rendition = rendition;
        }

        @Override
        public void onFrame(EncodedFrame frame) {
            if (frame.keyframe() || !broken) {
                broken = !link.send(
                                FrameMessage.of(stream.name(), rendition, frame).message())
                        && !frame.codec().intraOnly();
            }
            if (subscription != null) {
                if (broken) {
                    subscription.requestKeyframe();
                }
                subscription.ready();
            }
        }

        void ask(boolean keyframe) {
            if (subscription == null) {
                return;
            }
            if (keyframe) {
                subscription.requestKeyframe();
            } else {
                subscription.requestTemporalLayers();
            }
        }

        @Override
        public void close() {
            if (subscription != null) {
                subscription.close();
            }
        }
    }
}
