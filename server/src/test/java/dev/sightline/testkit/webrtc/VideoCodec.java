package dev.sightline.testkit.webrtc;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;

/** What pictures are encoded with, and how they are cut into packets. */
public enum VideoCodec {
    /** VP8 (RFC 7741). */
    VP8(101) {
        @Override
        boolean startsKeyframe(byte[] payload) {
            int at = descriptorLength(payload);
            return isStart(payload) && payload.length > at && (payload[at] & 0x01) == 0;
        }

        @Override
        byte[] join(Collection<byte[]> payloads) {
            ByteArrayOutputStream picture = new ByteArrayOutputStream();
            for (byte[] payload : payloads) {
                int at = descriptorLength(payload);
                picture.write(payload, at, payload.length - at);
            }
            return picture.toByteArray();
        }

        private boolean isStart(byte[] payload) {
            return payload.length > 0 && (payload[0] & 0x10) != 0 && (payload[0] & 0x07) == 0;
        }

        private int descriptorLength(byte[] payload) {
            if ((payload[0] & 0x80) == 0) {
                return 1;
            }
            int flags = payload[1];
            int at = 2;
            if ((flags & 0x80) != 0) {
                at += payload[at] < 0 ? 2 : 1;
            }
            at += (flags & 0x40) != 0 ? 1 : 0;
            return at + ((flags & 0x30) != 0 ? 1 : 0);
        }
    },
    /** H.264 (RFC 6184), constrained baseline, packetization mode 1. */
    H264(119) {
        private static final int IDR = 5;
        private static final int SPS = 7;
        private static final int STAP_A = 24;
        private static final int FU_A = 28;

        @Override
        boolean startsKeyframe(byte[] payload) {
            int type = payload[0] & 0x1F;
            if (type == STAP_A && payload.length > 3) {
                type = payload[3] & 0x1F;
            } else if (type == FU_A && payload.length > 1 && payload[1] < 0) {
                type = payload[1] & 0x1F;
            }
            return type == SPS || type == IDR;
        }

        @Override
        byte[] join(Collection<byte[]> payloads) {
            ByteArrayOutputStream picture = new ByteArrayOutputStream();
            for (byte[] payload : payloads) {
                switch (payload[0] & 0x1F) {
                    case STAP_A -> units(payload, picture);
                    case FU_A -> fragment(payload, picture);
                    default -> unit(payload, 0, payload.length, picture);
                }
            }
            return picture.toByteArray();
        }

        private void units(byte[] payload, ByteArrayOutputStream picture) {
            for (int at = 1; at + 2 < payload.length; ) {
                int length = RtpHeader.int16(payload, at);
                unit(payload, at + 2, length, picture);
                at += 2 + length;
            }
        }

        private void fragment(byte[] payload, ByteArrayOutputStream picture) {
            if (payload[1] < 0) {
                byte[] head = {(byte) (payload[0] & 0xE0 | payload[1] & 0x1F)};
                unit(head, 0, 1, picture);
            }
            picture.write(payload, 2, payload.length - 2);
        }

        private void unit(byte[] bytes, int from, int length, ByteArrayOutputStream picture) {
            picture.writeBytes(START_CODE);
            picture.writeBytes(Arrays.copyOfRange(bytes, from, from + length));
        }
    };

    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final int payloadType;

    VideoCodec(int payloadType) {
        this.payloadType = payloadType;
    }

    /** Whether a payload is the first of a picture that needs no earlier one. */
    abstract boolean startsKeyframe(byte[] payload);

    /** The picture in the payloads of all its packets; H.264 with start codes. */
    abstract byte[] join(Collection<byte[]> payloads);

    /** Our number for it in an offer; its repair packets have the next. */
    int payloadType() {
        return payloadType;
    }
}
