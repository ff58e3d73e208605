package dev.sightline.codec;

import dev.sightline.codec.NativeEncoder.Compressed;
import dev.sightline.codec.TemporalLayers.Place;
import dev.sightline.frame.Codec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the encoder that works on this machine. Failures are remembered for the life of the process, with the frame size,
 * because hardware has its own limits. The chosen encoder is logged once, with FFmpeg's encoders that failed before it. Safe
 * for use by any thread.
 */
final class EncoderSearch {
    private static final Logger LOG = LoggerFactory.getLogger(EncoderSearch.class);
    private static final Set<Tried> FAILED = ConcurrentHashMap.newKeySet();
    private static final Set<EncoderChoice> TOLD = ConcurrentHashMap.newKeySet();

    /** An encoder and a size. */
    private record Tried(EncoderChoice choice, int width, int height) {}

    private EncoderSearch() {}

    /**
     * The best encoder that works.
     *
     * @throws CodecException if none does
     */
    static NativeEncoder open(Codec codec, EncoderSettings settings) {
        for (EncoderChoice choice : EncoderChoice.of(codec)) {
            Optional<NativeEncoder> encoder = open(choice, settings);
            if (encoder.isPresent()) {
                return encoder.get();
            }
        }
        throw new CodecException("no encoder for " + codec.codecName() + " takes " + settings);
    }

    private static Optional<NativeEncoder> open(EncoderChoice choice, EncoderSettings settings) {
        Tried tried = new Tried(choice, settings.width(), settings.height());
        if (FAILED.contains(tried)) {
            return Optional.empty();
        }
        boolean fit = !choice.hardware() || answersAtOnce(choice, settings);
        Optional<NativeEncoder> encoder = fit ? NativeEncoder.open(choice, settings) : Optional.empty();
        if (encoder.isEmpty()) {
            FAILED.add(tried);
        } else if (TOLD.add(choice)) {
            List<String> failed = failed(choice.codec(), settings);
            LOG.info(
                    "{} is encoded by {}{}",
                    choice.codec().codecName(),
                    choice.encoderName(),
                    failed.isEmpty() ? "" : "; these failed: " + String.join(", ", failed));
        }
        return encoder;
    }

    /** FFmpeg's names of the offered encoders that failed on frames of this size, best first. */
    static List<String> failed(Codec codec, EncoderSettings settings) {
        return EncoderChoice.of(codec).stream()
                .filter(choice -> FAILED.contains(new Tried(choice, settings.width(), settings.height())))
                .map(EncoderChoice::encoderName)
                .filter(NativeEncoder::isOffered)
                .distinct()
                .toList();
    }

    /** Excludes an encoder from now on for frames of this size: a device that failed once may fail on each of them. */
    static void giveUp(EncoderChoice choice, EncoderSettings settings) {
        if (FAILED.add(new Tried(choice, settings.width(), settings.height()))) {
            LOG.warn("{} failed on frames of {}; the next best encoder takes over", choice.encoderName(), settings);
        }
    }

    /** Tests whether an encoder suits live viewers: each frame comes out at once, and complete keyframes on request. */
    static boolean answersAtOnce(EncoderChoice choice, EncoderSettings settings) {
        Optional<NativeEncoder> opened = NativeEncoder.open(choice, settings);
        if (opened.isEmpty()) {
            return false;
        }
        try (NativeEncoder encoder = opened.get();
                YuvPicture blank = new YuvPicture(settings.width(), settings.height())) {
            return completeKeyframe(choice, encoder.encode(blank.frame(), 0, true, Place.NONE))
                    && encoder.encode(blank.frame(), 33_333, false, Place.NONE)
                            .filter(each -> !each.keyframe())
                            .isPresent()
                    && completeKeyframe(choice, encoder.encode(blank.frame(), 66_667, true, Place.NONE));
        } catch (CodecException e) {
            return false;
        }
    }

    private static boolean completeKeyframe(EncoderChoice choice, Optional<Compressed> compressed) {
        return compressed
                .filter(Compressed::keyframe)
                .flatMap(each -> VideoHeader.of(choice.codec(), ByteBuffer.wrap(each.bytes())))
                .filter(header -> header.keyframe() && header.width() > 0)
                .filter(header ->
                        header.parameters().map(each -> !each.mayReorder()).orElse(true))
                .isPresent();
    }
}
