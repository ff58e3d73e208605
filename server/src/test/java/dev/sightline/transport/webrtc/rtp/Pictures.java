package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.util.Random;

/** Pictures that look compressed to a packetiser, each with its number inside. */
public final class Pictures {
    public static final Rendition.Video VP8 = new Rendition.Video(Codec.VP8, Rendition.SOURCE_WIDTH, 2_000_000);
    public static final Rendition.Video SMALL_VP8 = new Rendition.Video(Codec.VP8, 640, 800_000);
    public static final Rendition.Video H264 = new Rendition.Video(Codec.H264, Rendition.SOURCE_WIDTH, 2_000_000);
    public static final long START_NANOS = 1_700_000_000_000_000_000L;
    public static final long INTERVAL_NANOS = 33_333_333L;

    private Pictures() {}

    public static EncodedFrame picture(Codec codec, long seq, boolean keyframe, int size) {
        byte[] bytes = new byte[size];
        new Random(seq).nextBytes(bytes);
        byte[] start = codec == Codec.VP8
                ? new byte[] {(byte) (keyframe ? 0x10 : 0x11)}
                : Hex.bytes(keyframe ? "00000001 6742c01f 00000001 68ce3c80 00000001 6588" : "00000001 419a");
        for (int i = start.length; i < size; i++) {
            bytes[i] |= 0x11;
        }
        System.arraycopy(start, 0, bytes, 0, start.length);
        return new EncodedFrame(codec, bytes, keyframe, 1280, 720, seq, timeOf(seq), new Metadata());
    }

    public static long timeOf(long seq) {
        return START_NANOS + seq * INTERVAL_NANOS;
    }
}
