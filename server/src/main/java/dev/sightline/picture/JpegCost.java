package dev.sightline.picture;

import dev.sightline.frame.JpegHeader;
import java.util.Optional;

/**
 * The cost of decoding a JPEG picture beyond its pixels, counted while its segments are skipped (ITU-T T.81, B.2). Each scan of
 * a progressive picture passes over all pixels, even if it has only ten bytes.
 */
final class JpegCost {
    /** ICC profiles and Exif take up to 255 each. */
    private static final int MOST_SEGMENTS = 1_000;
    /** libjpeg writes 10, for four components 18; jpegtran's scripts may have some more. */
    private static final int MOST_SCANS = 100;
    /** For all scans together: libjpeg's own 18 for the largest picture, and two more. */
    private static final long MOST_SCANNED = 20L * JpegHeader.MAX_PIXELS;
    /** Gray, YCbCr and CMYK. */
    private static final int MOST_COMPONENTS = 4;

    private static final int MOST_SAMPLING = 4;
    /** An 8x8 block has at least one bit for all of it, which allows half as many. */
    private static final int MOST_PIXELS_OF_A_BYTE = 1_024;

    private static final int SOS = 0xDA;
    private static final int HEIGHT_AT = 5;
    private static final int WIDTH_AT = 7;
    private static final int COMPONENTS_AT = 9;
    private static final int COMPONENT_BYTES = 3;

    private int segments;
    private int scans;
    private int frames;
    private long pixels;
    private int components;
    private boolean oddSampling;

    JpegCost() {}

    /** Counts the segment whose marker is at this index. */
    void add(byte[] bytes, int at, int next) {
        int marker = bytes[at + 1] & 0xFF;
        segments++;
        scans += marker == SOS ? 1 : 0;
        if (startsFrame(marker) && at + COMPONENTS_AT < next) {
            frames++;
            pixels = (long) number(bytes, at + HEIGHT_AT) * number(bytes, at + WIDTH_AT);
            components = bytes[at + COMPONENTS_AT] & 0xFF;
            oddSampling |= hasOddSampling(bytes, at + COMPONENTS_AT + 1, next);
        }
    }

    /** What exceeds any camera's pictures, in words that fit after "it has "; empty if nothing does. */
    Optional<String> excess(int bytes) {
        long mostScans = Math.min(MOST_SCANS, MOST_SCANNED / Math.max(1, pixels));
        if (scans > mostScans) {
            return Optional.of(scans + " scans of " + pixels + " pixels: at most " + mostScans + " are taken");
        } else if (segments > MOST_SEGMENTS) {
            return Optional.of(segments + " segments: at most " + MOST_SEGMENTS + " are taken");
        } else if (frames > 1) {
            return Optional.of(frames + " frame headers: one is taken");
        } else if (components > MOST_COMPONENTS) {
            return Optional.of(components + " components: at most " + MOST_COMPONENTS + " are taken");
        } else if (oddSampling) {
            return Optional.of("a sampling factor that is not 1 to " + MOST_SAMPLING);
        } else if (pixels > (long) bytes * MOST_PIXELS_OF_A_BYTE) {
            return Optional.of(bytes + " bytes, which are too few for " + pixels + " pixels");
        }
        return Optional.empty();
    }

    private static boolean hasOddSampling(byte[] bytes, int from, int to) {
        for (int factors = from + 1; factors < to; factors += COMPONENT_BYTES) {
            int horizontal = (bytes[factors] & 0xFF) >> 4;
            int vertical = bytes[factors] & 0x0F;
            if (Math.min(horizontal, vertical) < 1 || Math.max(horizontal, vertical) > MOST_SAMPLING) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is one of SOF0 to SOF15; three numbers among them mean something else: DHT, JPG and DAC. */
    private static boolean startsFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
