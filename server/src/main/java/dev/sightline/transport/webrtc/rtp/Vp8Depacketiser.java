package dev.sightline.transport.webrtc.rtp;

import java.io.ByteArrayOutputStream;

/** Assembles VP8 frames (RFC 7741). */
final class Vp8Depacketiser implements Depacketiser {
    private static final int EXTENDED = 0x80;
    private static final int START_OF_FIRST_PARTITION = 0x1F;
    private static final int PICTURE_ID = 0x80;
    private static final int TL0_PIC_IDX = 0x40;
    private static final int TID_OR_KEYIDX = 0x30;
    private static final int LONG_PICTURE_ID = 0x80;
    private static final int INTER_FRAME = 0x01;
    private static final int BROKEN = -1;

    private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
    private boolean keyframe;

    @Override
    public boolean startsPicture(byte[] payload) {
        return descriptorSize(payload) != BROKEN
                && (payload[0] & START_OF_FIRST_PARTITION) == Vp8Packetiser.START_OF_PARTITION;
    }

    @Override
    public boolean startsKeyframe(byte[] payload) {
        return startsPicture(payload) && (payload[descriptorSize(payload)] & INTER_FRAME) == 0;
    }

    @Override
    public boolean add(byte[] payload) {
        int descriptor = descriptorSize(payload);
        if (descriptor == BROKEN || startsPicture(payload) != (picture.size() == 0)) {
            return false;
        }
        if (picture.size() == 0) {
            keyframe = startsKeyframe(payload);
        }
        picture.write(payload, descriptor, payload.length - descriptor);
        return true;
    }

    @Override
    public int size() {
        return picture.size();
    }

    @Override
    public boolean keyframe() {
        return keyframe;
    }

    @Override
    public boolean complete() {
        return picture.size() > 0;
    }

    @Override
    public byte[] finish() {
        byte[] bytes = picture.toByteArray();
        reset();
        return bytes;
    }

    @Override
    public void reset() {
        picture.reset();
        keyframe = false;
    }

    /** The index of the frame's bytes; broken if there are none. */
    private static int descriptorSize(byte[] payload) {
        if (payload.length < 2) {
            return BROKEN;
        }
        int size = 1;
        if ((payload[0] & EXTENDED) != 0) {
            int present = payload[size++];
            if ((present & PICTURE_ID) != 0) {
                size += size < payload.length && (payload[size] & LONG_PICTURE_ID) != 0 ? 2 : 1;
            }
            size += (present & TL0_PIC_IDX) != 0 ? 1 : 0;
            size += (present & TID_OR_KEYIDX) != 0 ? 1 : 0;
        }
        return size < payload.length ? size : BROKEN;
    }
}
