package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the frames of one publisher at a time into a stream. A publisher keeps its place until it leaves, or has been silent
 * for 4.5 s. The capture time is the time of arrival. It has no thread: the publisher's own puts each frame into the slot.
 */
final class PublisherIntake implements Intake {
    /** The watch looks several times a second, so that a publisher that vanished is noticed within 5 s. */
    static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);

    private final Target target;
    private final String address;
    private final String invitation;
    private final Runnable onLeave;

    /** Written under the lock. */
    private volatile PipelineRecipe recipe;

    @GuardedBy("this")
    private @Nullable Publisher publisher;

    /** The processors that the present publisher chose. */
    @GuardedBy("this")
    private List<String> choice = List.of();

    @GuardedBy("this")
    private long lastNanos;

    @GuardedBy("this")
    private boolean silent;

    /** Why it takes nothing any more; empty while it does. */
    @GuardedBy("this")
    private Optional<RefusedException> over = Optional.empty();

    @GuardedBy("this")
    private long refused;

    @GuardedBy("this")
    private Runnable askForKeyframe = () -> {};

    /** The header of the video's last keyframe; empty if the publisher sends no video. */
    @GuardedBy("this")
    private Optional<VideoHeader> video = Optional.empty();

    private final KeyframeRequests keyframes = new KeyframeRequests();

    /**
     * An intake without a publisher.
     *
     * @param invitation what to do while nobody sends, after a colon; empty for a stream that its sender opens
     * @param recipe the stream's own steps, and those that publishers choose from
     * @param onLeave runs when the publisher leaves
     */
    PublisherIntake(Target target, String address, String invitation, PipelineRecipe recipe, Runnable onLeave) {
        this.target = target;
        this.address = address;
        this.invitation = invitation;
        this.recipe = recipe;
        this.onLeave = onLeave;
        this.lastNanos = now();
    }

    /** The intake of a stream that anybody may watch. */
    static PublisherIntake ofStream(Target target, PipelineRecipe recipe) {
        return ofStream(target, recipe, () -> {});
    }

    /** The same; the action runs when a publisher leaves. */
    static PublisherIntake ofStream(Target target, PipelineRecipe recipe, Runnable onLeave) {
        return new PublisherIntake(target, "publish:", ": open /publish/" + target.name(), recipe, onLeave);
    }

    /** The intake of a mirror's session, which ends with its sender. */
    static PublisherIntake ofSession(Target target, PipelineRecipe recipe) {
        return new PublisherIntake(target, Mirror.ADDRESS, "", recipe, target.end());
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void start() {
        if (!invitation.isEmpty()) {
            target.signal().lost("nobody sends pictures yet" + invitation);
        }
    }

    @Override
    public synchronized void stop() {
        over = Optional.of(new RefusedException(Reason.ENDED, "stream '" + target.name() + "' has ended"));
        publisher = null;
    }

    /** The same, since the stream takes nothing from senders any more: the present one is told at once. */
    void stop(String why) {
        RefusedException refusal = new RefusedException(Reason.WRONG_KIND, why);
        Optional<Publisher> leaving;
        synchronized (this) {
            over = Optional.of(refusal);
            leaving = Optional.ofNullable(publisher);
            publisher = null;
        }
        leaving.ifPresent(present -> present.refuse(refusal));
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        // There is no thread to wait for.
    }

    /**
     * Takes a new publisher in, if the last one has left or is silent.
     *
     * @param stream the stream of this intake
     * @param chosen the steps that the publisher chooses
     * @param sender who it is
     * @param use makes another pipeline run, before the publisher can send anything
     */
    synchronized Publisher publish(LiveStream stream, List<String> chosen, Sender sender, Consumer<PipelineRecipe> use)
            throws RefusedException {
        PipelineRecipe wanted = ChosenSteps.of(recipe, chosen);
        requireFree();
        Publisher newcomer = new Publisher(stream, this, target.slot().dropped(), sender, StreamTime.instant(now()));
        if (!chosen.equals(choice)) {
            choice = List.copyOf(chosen);
            use.accept(wanted);
        }
        publisher = newcomer;
        lastNanos = now();
        silent = false;
        video = Optional.empty();
        askForKeyframe = () -> {};
        keyframes.answered();
        target.slot().breakOff();
        return newcomer;
    }

    @Override
    public synchronized PipelineRecipe withChoice(PipelineRecipe other) {
        return other.choose(other.offered(choice));
    }

    @Override
    public synchronized void adopt(PipelineRecipe other, Consumer<PipelineRecipe> use) {
        recipe = other;
        choice = other.offered(choice);
        use.accept(other.choose(choice));
    }

    /** Refuses steps that are not offered. */
    void requireOffered(List<String> chosen) throws RefusedException {
        ChosenSteps.of(recipe, chosen);
    }

    @Override
    public List<String> choices() {
        return recipe.choices();
    }

    /** The stream's own steps, and those that the publisher chose until it is gone. */
    @Override
    public List<ProcessorStatus> told(List<ProcessorStatus> steps) {
        int own = Math.min(recipe.steps().size(), steps.size());
        if (own == steps.size()) {
            return steps;
        }
        List<ProcessorStatus> told = new ArrayList<>(steps.subList(0, own));
        if (hasPublisher()) {
            steps.subList(own, steps.size()).forEach(step -> told.add(step.asChosen()));
        }
        return told;
    }

    /** Refuses a publisher while there is another. */
    synchronized void requireFree() throws RefusedException {
        requireRunning();
        if (hasPublisher()) {
            throw taken();
        }
    }

    void put(Publisher sender, byte[] picture, Metadata metadata) throws PictureException, RefusedException {
        PictureHeader header = judged(sender, () -> PictureHeader.of(picture));
        byte[] trimmed = header.trimmed(picture);
        synchronized (this) {
            requireOwner(sender);
            sender.countTaken();
            arrived(header.codec(), trimmed, true, header.width(), header.height(), metadata);
        }
    }

    void put(Publisher sender, EncodedVideo picture) throws PictureException, RefusedException {
        Optional<VideoHeader> header = picture.keyframe()
                ? Optional.of(judged(sender, () -> VideoHeader.ofKeyframe(picture.codec(), picture.bytes())))
                : Optional.empty();
        synchronized (this) {
            requireOwner(sender);
            sender.countTaken();
            video = header.or(() -> video);
            if (header.isPresent()) {
                keyframes.answered();
            }
            video.ifPresentOrElse(
                    size -> arrived(
                            picture.codec(),
                            picture.bytes(),
                            picture.keyframe(),
                            size.width(),
                            size.height(),
                            Metadata.EMPTY),
                    keyframes::add);
        }
        askForKeyframeIfDue();
    }

    @GuardedBy("this")
    private void arrived(Codec codec, byte[] bytes, boolean keyframe, int width, int height, Metadata metadata) {
        long seq = target.numbering().next();
        long now = now();
        target.signal().arrived(seq);
        target.slot().put(new EncodedFrame(codec, bytes, keyframe, width, height, seq, now, metadata));
    }

    synchronized void onKeyframeWanted(Publisher sender, Runnable ask) {
        if (publisher == sender) {
            askForKeyframe = ask;
        }
    }

    @Override
    public void requestKeyframe() {
        keyframes.add();
        askForKeyframeIfDue();
    }

    private void askForKeyframeIfDue() {
        Runnable ask;
        synchronized (this) {
            if (publisher == null || !keyframes.due(now())) {
                return;
            }
            ask = askForKeyframe;
        }
        ask.run();
    }

    void left(Publisher sender) {
        synchronized (this) {
            if (publisher != sender) {
                return;
            }
            publisher = null;
            target.signal().lost("the sender has left" + invitation);
        }
        onLeave.run();
    }

    @Override
    public void check() {
        synchronized (this) {
            if (publisher != null && !silent && isSilent()) {
                silent = true;
                target.signal().lost("the sender has been silent for 5 s" + invitation);
            }
        }
        askForKeyframeIfDue();
    }

    /** Even one that is silent. */
    @Override
    public synchronized Optional<Publisher> publisher() {
        return Optional.ofNullable(publisher);
    }

    /** Whether there is a publisher that sends. */
    synchronized boolean hasPublisher() {
        return publisher != null && !isSilent();
    }

    /** Whether nobody has sent anything for so long that another publisher may take the place. */
    synchronized boolean isSilent() {
        return now() - lastNanos >= SILENT_NANOS;
    }

    @Override
    public synchronized long damaged() {
        return refused;
    }

    long dropped() {
        return target.slot().dropped();
    }

    private <T> T judged(Publisher sender, Judgement<T> judgement) throws PictureException {
        try {
            return judgement.header();
        } catch (PictureException e) {
            synchronized (this) {
                refused++;
                sender.countRefused();
            }
            throw e;
        }
    }

    private long now() {
        return target.numbering().clock().nanos();
    }

    /** Refuses a publisher that has lost its place. */
    @GuardedBy("this")
    private void requireOwner(Publisher sender) throws RefusedException {
        requireRunning();
        if (publisher != sender) {
            throw taken();
        }
        lastNanos = now();
        silent = false;
    }

    @GuardedBy("this")
    private void requireRunning() throws RefusedException {
        if (over.isPresent()) {
            throw new RefusedException(over.get().reason(), over.get().getMessage());
        }
    }

    private RefusedException taken() {
        return new RefusedException(
                Reason.TAKEN, "stream '" + target.name() + "' is taken: somebody else sends pictures to it");
    }

    /** Reads a frame's header. */
    @FunctionalInterface
    private interface Judgement<T> {
        T header() throws PictureException;
    }
}
