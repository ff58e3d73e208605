package dev.sightline.stream;

import dev.sightline.codec.PictureException;
import dev.sightline.codec.PictureHeader;
import dev.sightline.codec.VideoHeader;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import dev.sightline.stream.PublishException.Reason;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
    private final Runnable onLeave;

    // Guarded by this.
    private @Nullable Publisher publisher;
    private long lastNanos = System.nanoTime();
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
     * @param onLeave runs when the publisher leaves
     */
    PublisherIntake(Target target, String address, String invitation, Runnable onLeave) {
        this.target = target;
        this.address = address;
        this.invitation = invitation;
        this.onLeave = onLeave;
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
     * @param onTaken runs before the newcomer can send anything
     */
    synchronized Publisher publish(Runnable onTaken) throws PublishException {
        requireFree();
        Publisher newcomer = new Publisher(this, target.slot().dropped());
        onTaken.run();
        publisher = newcomer;
        lastNanos = System.nanoTime();
        silent = false;
        video = Optional.empty();
        askForKeyframe = () -> {};
        keyframes.answered();
        target.slot().breakOff();
        return newcomer;
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
        long now = target.numbering().clock().nanos();
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
            if (publisher == null || !keyframes.due(target.numbering().clock().nanos())) {
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
        return System.nanoTime() - lastNanos >= SILENT_NANOS;
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

    /** Whoever sends is there, and holds the name. */
    private void requireOwner(Publisher sender) throws PublishException {
        requireRunning();
        if (publisher != sender) {
            throw taken();
        }
        lastNanos = System.nanoTime();
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
