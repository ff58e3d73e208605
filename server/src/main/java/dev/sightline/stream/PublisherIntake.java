package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.stream.PublishException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are sent in, by one publisher at a time. The first holds the name until it leaves, or is silent for so
 * long that it must be gone. Capture time is arrival. There is no thread here: a publisher's own puts its picture into
 * the slot.
 */
final class PublisherIntake implements Intake {
    /** A publisher that vanished without a word is noticed within 5 s, looks of the watch included. */
    static final long SILENT_NANOS = TimeUnit.MILLISECONDS.toNanos(4_500);

    private final Target target;
    private final String address;
    private final String invitation;
    private final PipelineRecipe recipe;
    private final Runnable onLeave;

    // Guarded by this.
    private @Nullable Publisher publisher;
    /** What the publisher of now chose. */
    private List<String> choice = List.of();

    private long lastNanos;
    private boolean silent;
    private boolean stopped;
    private long refused;
    private Runnable askForKeyframe = () -> {};
    /** What a video's last keyframe said of it; empty where the publisher sends none. */
    private Optional<VideoHeader> video = Optional.empty();

    private final KeyframeRequests keyframes = new KeyframeRequests();

    /**
     * An intake that nobody sends to yet.
     *
     * @param invitation what to do when nobody sends, with its colon; empty for a stream that is opened by its sender
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
        stopped = true;
        publisher = null;
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        // There is no thread to wait for.
    }

    /**
     * A place for a new publisher, where the last one has left or fallen silent.
     *
     * @param chosen the steps it chooses
     * @param use makes another pipeline run, before the newcomer can send anything
     */
    synchronized Publisher publish(List<String> chosen, Consumer<PipelineRecipe> use) throws PublishException {
        PipelineRecipe wanted = chosen(recipe, chosen);
        requireFree();
        Publisher newcomer = new Publisher(this, target.slot().dropped());
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

    /** A publisher may choose these steps. */
    void requireOffered(List<String> chosen) throws PublishException {
        chosen(recipe, chosen);
    }

    /** With the chosen steps after its own. */
    static PipelineRecipe chosen(PipelineRecipe recipe, List<String> chosen) throws PublishException {
        try {
            return recipe.choose(chosen);
        } catch (IllegalArgumentException e) {
            throw new PublishException(Reason.NOT_OFFERED, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> choices() {
        return recipe.choices();
    }

    /** The stream's own, and what the sender chose; nothing of the latter once that sender is gone. */
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

    /** Somebody new may come. */
    synchronized void requireFree() throws PublishException {
        requireRunning();
        if (hasPublisher()) {
            throw taken();
        }
    }

    void put(Publisher sender, byte[] picture, Metadata metadata) throws PictureException, PublishException {
        PictureHeader header = judged(() -> PictureHeader.of(picture));
        byte[] trimmed = header.trimmed(picture);
        synchronized (this) {
            requireOwner(sender);
            arrived(header.codec(), trimmed, true, header.width(), header.height(), metadata);
        }
    }

    void put(Publisher sender, EncodedVideo picture) throws PictureException, PublishException {
        Optional<VideoHeader> header =
                picture.keyframe() ? Optional.of(judged(() -> header(picture))) : Optional.empty();
        synchronized (this) {
            requireOwner(sender);
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

    /** Whether somebody holds the name, and sends. */
    synchronized boolean hasPublisher() {
        return publisher != null && !isSilent();
    }

    /** Whether nobody has sent anything for so long that another may take the place. */
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

    private <T> T judged(Judgement<T> judgement) throws PictureException {
        try {
            return judgement.header();
        } catch (PictureException e) {
            synchronized (this) {
                refused++;
            }
            throw e;
        }
    }

    private static VideoHeader header(EncodedVideo keyframe) throws PictureException {
        String codec = keyframe.codec().codecName();
        VideoHeader header = VideoHeader.of(keyframe.codec(), ByteBuffer.wrap(keyframe.bytes()))
                .filter(known -> known.keyframe() && known.width() > 0)
                .orElseThrow(() -> new PictureException("this " + codec + " keyframe does not say its size"));
        if (header.tooLarge()) {
            throw new PictureException("a video of " + header.width() + "x" + header.height()
                    + " is too large: at most 33 megapixels are taken");
        }
        return header;
    }

    private long now() {
        return target.numbering().clock().nanos();
    }

    /** Whoever sends is there, and holds the name. */
    private void requireOwner(Publisher sender) throws PublishException {
        requireRunning();
        if (publisher != sender) {
            throw taken();
        }
        lastNanos = now();
        silent = false;
    }

    private void requireRunning() throws PublishException {
        if (stopped) {
            throw new PublishException(Reason.ENDED, "stream '" + target.name() + "' has ended");
        }
    }

    private PublishException taken() {
        return new PublishException(
                Reason.TAKEN, "stream '" + target.name() + "' is taken: somebody else sends pictures to it");
    }

    /** Reads what a picture says of itself. */
    @FunctionalInterface
    private interface Judgement<T> {
        T header() throws PictureException;
    }
}
