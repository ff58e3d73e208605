package dev.sightline.codec;

import dev.sightline.codec.NativeEncoder.Compressed;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Encodes VP8 or H.264 with the best of FFmpeg's encoders that works here, see {@link EncoderChoice}. Every picture taken
 * comes out at once. A source whose pictures change their size gets an encoder anew, which begins with a keyframe.
 */
final class VideoEncoder implements Encoder {
    private final Rendition.Video rendition;
    private final AtomicBoolean keyframeWanted = new AtomicBoolean();
    private final Pace pace = new Pace();
    private final RateGuard rate;
    private @Nullable NativeEncoder encoder;
    private long firstNanos;
    private long lastMicros = -1;

    /** One is filled while the other is encoded. */
    private TakenPicture next = new TakenPicture();

    private TakenPicture current = new TakenPicture();
    private TakenPicture newest = next;
    private boolean begun;

    VideoEncoder(Rendition.Video rendition) {
        this.rendition = rendition;
        this.rate = RateGuard.of(rendition);
    }

    @Override
    public void take(Frame frame) {
        next.fill(frame, rendition.width());
        newest = next;
    }

    @Override
    public void begin() {
        TakenPicture taken = next;
        next = current;
        current = taken;
        pace.add(taken.captureNanos());
        begun = true;
    }

    @Override
    public Optional<EncodedFrame> encode() {
        if (!begun) {
            begin();
        }
        begun = false;
        YuvPicture picture = current.picture().orElseThrow(() -> new IllegalStateException("no picture was taken"));
        boolean keyframe = keyframeWanted.getAndSet(false);
        if (!rate.allows(current.captureNanos()) && !keyframe) {
            return Optional.empty();
        }
        Optional<Compressed> compressed = compress(picture, keyframe);
        if (keyframe && compressed.isEmpty()) {
            keyframeWanted.set(true);
        }
        compressed.ifPresent(each -> rate.spend(each.bytes().length));
        return compressed.map(each -> encodedFrame(picture, each));
    }

    private Optional<Compressed> compress(YuvPicture picture, boolean keyframe) {
        if (lastMicros < 0) {
            firstNanos = current.captureNanos();
        }
        lastMicros = Math.max(lastMicros + 1, (current.captureNanos() - firstNanos) / 1_000);
        NativeEncoder present = encoderFor(picture);
        try {
            return present.encode(picture.frame(), lastMicros, keyframe);
        } catch (CodecException failure) {
            if (present.choice().hardware()) {
                EncoderSearch.giveUp(present.choice(), present.settings());
            }
            closeEncoder();
            throw failure;
        }
    }

    private NativeEncoder encoderFor(YuvPicture picture) {
        NativeEncoder present = encoder;
        if (present != null && fits(present, picture)) {
            return present;
        }
        closeEncoder();
        pace.restart();
        NativeEncoder opened = EncoderSearch.open(
                rendition.codec(),
                new EncoderSettings(picture.width(), picture.height(), rendition.bitsPerSecond(), pace.fps()));
        encoder = opened;
        return opened;
    }

    private boolean fits(NativeEncoder present, YuvPicture picture) {
        EncoderSettings settings = present.settings();
        return settings.width() == picture.width()
                && settings.height() == picture.height()
                && !(present.choice().assumesPace() && pace.isFarFrom(settings.fps()));
    }

    private EncodedFrame encodedFrame(YuvPicture picture, Compressed compressed) {
        return new EncodedFrame(
                rendition.codec(),
                compressed.bytes(),
                compressed.keyframe(),
                picture.width(),
                picture.height(),
                current.seq(),
                current.captureNanos(),
                current.metadata());
    }

    @Override
    public Optional<Frame> lastTaken() {
        return newest.gray();
    }

    @Override
    public String name() {
        return encoder == null
                ? rendition.codec().codecName()
                : encoder.choice().encoderName();
    }

    @Override
    public void forceKeyframe() {
        keyframeWanted.set(true);
    }

    @Override
    public void close() {
        closeEncoder();
        next.close();
        current.close();
    }

    private void closeEncoder() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
