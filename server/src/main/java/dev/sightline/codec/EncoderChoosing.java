package dev.sightline.codec;

import dev.sightline.frame.Codec;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the encoder that works on this machine. What failed is remembered for the life of the process, with the size it
 * failed on: hardware has limits of its own. Safe for use by any thread.
 */
final class EncoderChoosing {
    private static final Logger LOG = LoggerFactory.getLogger(EncoderChoosing.class);
    private static final Set<Failed> FAILED = ConcurrentHashMap.newKeySet();
    private static final Set<EncoderChoice> TOLD = ConcurrentHashMap.newKeySet();

    private record Failed(EncoderChoice choice, int width, int height) {}

    private EncoderChoosing() {}

    /**
     * The best encoder that starts.
     *
     * @throws CodecException if none does
     */
    static NativeEncoder open(Codec codec, EncoderSettings settings) {
        for (EncoderChoice choice : EncoderChoice.of(codec)) {
            Failed key = new Failed(choice, settings.width(), settings.height());
            if (FAILED.contains(key)) {
                continue;
            }
            var encoder = NativeEncoder.open(choice, settings);
            if (encoder.isPresent()) {
                tell(choice);
                return encoder.get();
            }
            FAILED.add(key);
        }
        throw new CodecException("no encoder for " + codec.codecName() + " takes " + settings);
    }

    private static void tell(EncoderChoice choice) {
        if (TOLD.add(choice)) {
            LOG.info("{} is encoded by {}", choice.codec().codecName(), choice.encoderName());
        }
    }
}
