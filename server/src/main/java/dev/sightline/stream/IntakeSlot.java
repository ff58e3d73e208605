package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where a stream's frames come from now; another source, or senders, may take its place at any time. Safe for use by any thread. */
final class IntakeSlot {
    private final Intake.Target target;
    private final Kinds kinds;

    /** Written under the lock. */
    private volatile Intake current;

    @GuardedBy("this")
    private boolean started;

    IntakeSlot(Intake.Target target, Function<Intake.Target, Intake> first, Kinds kinds) {
        this.target = target;
        this.kinds = kinds;
        this.current = first.apply(target);
    }

    Intake current() {
        return current;
    }

    synchronized void start() {
        started = true;
        current.start();
    }

    /** Reads another source from now on. A publisher loses its place, and is told. */
    synchronized void read(Source source) {
        if (current instanceof SourceLoop present) {
            present.use(source);
        } else if (current instanceof PublisherIntake past) {
            current = kinds.reading(target, source);
            past.stop(whyNotPublishable().orElseThrow());
            target.change();
            target.signal().idle(); // until it is opened; no sender is missed any more
            begin();
        } else {
            current = kinds.reading(target, source);
        }
    }

    /** Takes frames from publishers from now on, who choose from the recipe. */
    synchronized void takePublishers(PipelineRecipe recipe) {
        if (!isPublishable()) {
            current.stop(); // before anybody can send: what follows belongs to one source
            target.change();
            current = kinds.publishing(target, recipe);
            begin();
        }
    }

    @GuardedBy("this")
    private void begin() {
        if (started) {
            current.start();
        }
    }

    boolean isPublishable() {
        return current instanceof PublisherIntake;
    }

    /** Why it takes no frames from senders, for people; empty if it takes them. */
    Optional<String> whyNotPublishable() {
        return isPublishable()
                ? Optional.empty()
                : Optional.of("stream '" + target.name() + "' takes no pictures from senders: its source is "
                        + current.address());
    }

    /**
     * The senders' intake.
     *
     * @throws RefusedException if it takes no frames from senders
     */
    PublisherIntake publishers() throws RefusedException {
        if (current instanceof PublisherIntake publishers) {
            return publishers;
        }
        throw new RefusedException(Reason.WRONG_KIND, whyNotPublishable().orElseThrow());
    }

    /** Refuses processors that senders cannot choose; choosing none is always right. */
    void checkChoice(List<String> chosen) throws RefusedException {
        if (!chosen.isEmpty()) {
            publishers().requireOffered(chosen);
        }
    }

    /** Refuses a sender that would be refused now. */
    void checkPublish(List<String> chosen) throws RefusedException {
        checkChoice(chosen);
        publishers().requireFree();
    }

    /** Asks the publisher's transport to end its connection; {@code false} if there is no publisher. */
    boolean disconnectPublisher(String why) {
        Optional<Publisher> leaving = current.publisher();
        leaving.ifPresent(publisher -> publisher.disconnect(why));
        return leaving.isPresent();
    }

    /** Makes the intakes that may follow. */
    interface Kinds {
        /** Those of this process. */
        Kinds LOCAL = new Kinds() {
            @Override
            public Intake reading(Intake.Target target, Source source) {
                return new SourceLoop(target, source);
            }

            @Override
            public PublisherIntake publishing(Intake.Target target, PipelineRecipe recipe) {
                return PublisherIntake.ofStream(target, recipe);
            }
        };

        /** One of a source. */
        Intake reading(Intake.Target target, Source source);

        /** One of senders, who choose from the recipe. */
        PublisherIntake publishing(Intake.Target target, PipelineRecipe recipe);
    }
}
