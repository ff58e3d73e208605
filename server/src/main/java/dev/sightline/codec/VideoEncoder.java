package dev.sightline.codec;

import dev.sightline.codec.NativeEncoder.Compressed;
import dev.sightline.codec.TemporalLayers.Place;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Encodes VP8 or H.264 with the best of FFmpeg's encoders that works here, see {@link EncoderChoice}. Every frame comes out at
 * once. If the frames change their size, or become noisy, a new encoder begins with a keyframe.
 */
final class VideoEncoder implements Encoder {
    /** The rest pays for trials of a larger size, which begin with keyframes. */
    private static final double STRAINED_SHARE = 0.9;

    private final Rendition.Video rendition;
    private final AtomicBoolean keyframeWanted = new AtomicBoolean();
    private final Pace pace = new Pace();
    private final RateGuard rate;
    private final SizeGuard size;
    private final NoiseMeter noise = new NoiseMeter();
    private final TemporalLayers layers = new TemporalLayers();
    private volatile boolean layered;
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
        this.size = SizeGuard.of(rendition);
    }

    @Override
    public void take(Frame frame) {
        next.fill(frame, size.shrink(VideoSize.of(frame.width(), frame.height(), rendition.width())));
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
        noise.look(picture, current.captureNanos());
        boolean keyframe = keyframeWanted.getAndSet(false);
        if (!rate.allows(current.captureNanos()) && !keyframe) {
            forgive(size.leftOut(current.captureNanos()));
            return Optional.empty();
        }
        Optional<Compressed> compressed = compress(picture, keyframe);
        if (keyframe && compressed.isEmpty()) {
            keyframeWanted.set(true);
        }
        compressed.ifPresent(this::spend);
        return compressed.map(each -> encodedFrame(picture, each));
    }

    private void spend(Compressed compressed) {
        int bytes = compressed.bytes().length;
        rate.spend(bytes);
        forgive(size.encoded(current.captureNanos(), bytes, compressed.keyframe()));
    }

    /** Smaller frames do not pay the whole debt of the larger ones. */
    private void forgive(boolean smaller) {
        if (smaller) {
            rate.forgive();
        }
    }

    private Optional<Compressed> compress(YuvPicture picture, boolean keyframe) {
        if (lastMicros < 0) {
            firstNanos = current.captureNanos();
        }
        lastMicros = Math.max(lastMicros + 1, (current.captureNanos() - firstNanos) / 1_000);
        NativeEncoder present = encoderFor(picture);
        boolean inLayers = layered && present.choice().hasTemporalLayers();
        Place place = layers.next(inLayers, keyframe);
        try {
            Optional<Compressed> compressed = present.encode(picture.frame(), lastMicros, keyframe, place);
            compressed.ifPresent(each -> layers.encoded(place, inLayers));
            return compressed;
        } catch (CodecException failure) {
            if (present.choice().hardware()) {
                EncoderSearch.giveUp(present.choice(), present.settings());
            }
            closeEncoder();
            throw failure;
        }
    }

    private NativeEncoder encoderFor(YuvPicture picture) {
        boolean strained = size.strained();
        EncoderSettings wanted = new EncoderSettings(
                picture.width(),
                picture.height(),
                (int) (rendition.bitsPerSecond() * (strained ? STRAINED_SHARE : 1)),
                pace.fps(),
                noise.noisy(),
                strained);
        NativeEncoder present = encoder;
        if (present != null && fits(present, wanted)) {
            return present;
        }
        closeEncoder();
        pace.restart();
        NativeEncoder opened = EncoderSearch.open(rendition.codec(), wanted);
        encoder = opened;
        return opened;
    }

    private boolean fits(NativeEncoder present, EncoderSettings wanted) {
        EncoderSettings settings = present.settings();
        return settings.width() == wanted.width()
                && settings.height() == wanted.height()
                && settings.bitsPerSecond() == wanted.bitsPerSecond()
                && hasOptions(present, wanted)
                && !(present.choice().assumesPace() && pace.isFarFrom(settings.fps()));
    }

    private static boolean hasOptions(NativeEncoder present, EncoderSettings wanted) {
        EncoderChoice choice = present.choice();
        EncoderSettings settings = present.settings();
        return settings.noisy() == wanted.noisy() || choice.options(settings).equals(choice.options(wanted));
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
                        current.metadata())
                .inTemporalLayer(compressed.temporalLayer());
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
    public void useTemporalLayers(boolean use) {
        layered = use;
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
