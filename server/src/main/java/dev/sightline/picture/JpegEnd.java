package dev.sightline.picture;

import java.util.Optional;

/**
 * The end of a JPEG picture (ITU-T T.81, B.1.1 and B.2): skips segments by their lengths, so that the EOI of an embedded
 * thumbnail is not the end; in entropy-coded data, EOI is. As lenient as libjpeg: skips stray bytes between segments, and
 * markers that are invalid in entropy-coded data.
 */
final class JpegEnd implements PictureEnd {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;

    private final JpegCost cost = new JpegCost();
    private int at;
    private boolean inScan;
    private boolean scanSeen;

    JpegEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        while (true) {
            while (at < limit && bytes[at] != (byte) 0xFF) {
                at++;
            }
            if (at + 1 >= limit) {
                return NOT_YET;
            }
            int marker = bytes[at + 1] & 0xFF;
            if (marker == EOI && scanSeen) {
                return at + 2;
            }
            if (marker == EOI || marker == SOI && at > 0) {
                return BROKEN;
            }
            if (marker == 0xFF) {
                at++;
            } else if (standsAlone(marker) || inScan && !endsScan(marker)) {
                at += 2;
            } else if (at + 4 > limit) {
                return NOT_YET;
            } else {
                int next = afterSegment(bytes);
                if (next < 0 || next > limit) {
                    return next < 0 ? BROKEN : NOT_YET;
                }
                cost.add(bytes, at, next);
                inScan = marker == SOS;
                scanSeen |= inScan;
                at = next;
            }
        }
    }

    @Override
    public int resume() {
        return Math.max(1, at);
    }

    @Override
    public Optional<String> excess() {
        return cost.excess(at);
    }

    private int afterSegment(byte[] bytes) {
        int length = (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
        return length < 2 ? -1 : at + 2 + length;
    }

    /** Stuffed zero, TEM, RST0 to RST7, SOI. */
    private static boolean standsAlone(int marker) {
        return marker == 0 || marker == TEM || marker >= 0xD0 && marker <= SOI;
    }

    /** What may follow a scan: DHT, DAC, SOS, DQT, DNL, DRI, APP0 to APP15, COM. */
    private static boolean endsScan(int marker) {
        return marker == 0xC4
                || marker == 0xCC
                || marker >= SOS && marker <= 0xDD
                || marker >= 0xE0 && marker <= 0xEF
                || marker == 0xFE;
    }
}
