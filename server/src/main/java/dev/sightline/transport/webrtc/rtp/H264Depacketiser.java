package dev.sightline.transport.webrtc.rtp;

import dev.sightline.h264.AnnexB;
import dev.sightline.h264.NalUnit;
import dev.sightline.h264.ParameterSets;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.io.ByteArrayOutputStream;

/**
 * Assembles H.264 access units (RFC 6184, packetization-mode 0 and 1) in Annex B form. An IDR picture without SPS and PPS gets
 * the latest ones.
 */
final class H264Depacketiser implements Depacketiser {
    private static final int IMPORTANCE = 0xE0;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FU_HEADER_SIZE = 2;
    private static final int STAP_FIRST_UNIT = 3;
    private static final int FIRST_MACROBLOCK_IS_0 = 0x80;

    private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
    private final ParameterSets parameterSets = new ParameterSets();
    private boolean hasIdr;
    private boolean hasSps;
    private boolean hasPps;
    private boolean hasSlice;
    private boolean fragmentOpen;

    @Override
    public boolean startsPicture(byte[] payload) {
        int type = type(payload, 0);
        return switch (type) {
            case H264Packetiser.STAP_A -> startsPicture(type(payload, STAP_FIRST_UNIT), payload, STAP_FIRST_UNIT + 1);
            case H264Packetiser.FU_A ->
                fragmentStarts(payload) && startsPicture(NalUnit.type(payload[1]), payload, FU_HEADER_SIZE);
            default -> startsPicture(type, payload, 1);
        };
    }

    @Override
    public boolean startsKeyframe(byte[] payload) {
        int type = type(payload, 0);
        return switch (type) {
            case H264Packetiser.STAP_A -> startsKeyframe(type(payload, STAP_FIRST_UNIT));
            case H264Packetiser.FU_A -> startsPicture(payload) && NalUnit.type(payload[1]) == NalUnit.IDR;
            default -> startsPicture(payload) && startsKeyframe(type);
        };
    }

    @Override
    public boolean add(byte[] payload) {
        int type = type(payload, 0);
        if (type == H264Packetiser.FU_A) {
            return fragment(payload);
        }
        if (fragmentOpen) {
            return false;
        }
        return type == H264Packetiser.STAP_A ? together(payload) : unit(payload, 0, payload.length);
    }

    @Override
    public int size() {
        return picture.size();
    }

    @Override
    public boolean keyframe() {
        return hasIdr && (parameterSets.known() || hasSps && hasPps);
    }

    @Override
    public boolean complete() {
        return hasSlice && !fragmentOpen;
    }

    @Override
    public byte[] finish() {
        byte[] bytes = picture.toByteArray();
        if (hasIdr || hasSps || hasPps) {
            picture.reset();
            for (NalUnit unit : parameterSets.complete(AnnexB.units(bytes))) {
                AnnexB.startUnit(picture);
                picture.write(unit.bytes(), unit.offset(), unit.length());
            }
            bytes = picture.toByteArray();
        }
        reset();
        return bytes;
    }

    @Override
    public void reset() {
        picture.reset();
        hasIdr = false;
        hasSps = false;
        hasPps = false;
        hasSlice = false;
        fragmentOpen = false;
    }

    private boolean together(byte[] payload) {
        int at = 1;
        while (payload.length - at > 2) {
            int length = BigEndian.u16(payload, at);
            at += 2;
            if (length > payload.length - at || !unit(payload, at, length)) {
                return false;
            }
            at += length;
        }
        return at == payload.length && at > 1;
    }

    private boolean unit(byte[] payload, int offset, int length) {
        int type = length == 0 ? 0 : NalUnit.type(payload[offset]);
        if (type == 0 || type >= NalUnit.FIRST_OF_RTP) {
            return false;
        }
        note(type);
        AnnexB.startUnit(picture);
        picture.write(payload, offset, length);
        return true;
    }

    private boolean fragment(byte[] payload) {
        if (payload.length <= FU_HEADER_SIZE || fragmentOpen == fragmentStarts(payload)) {
            return false;
        }
        int type = NalUnit.type(payload[1]);
        if (!fragmentOpen) {
            if (type == 0 || type >= NalUnit.FIRST_OF_RTP) {
                return false;
            }
            note(type);
            AnnexB.startUnit(picture);
            picture.write(payload[0] & IMPORTANCE | type);
        }
        picture.write(payload, FU_HEADER_SIZE, payload.length - FU_HEADER_SIZE);
        fragmentOpen = (payload[1] & FU_END) == 0;
        return true;
    }

    private void note(int type) {
        hasIdr |= type == NalUnit.IDR;
        hasSps |= type == NalUnit.SPS;
        hasPps |= type == NalUnit.PPS;
        hasSlice |= NalUnit.isSlice(type);
    }

    private static boolean fragmentStarts(byte[] payload) {
        return payload.length > 1 && (payload[1] & FU_START) != 0;
    }

    /** A slice begins a picture if its first macroblock has number 0, which is coded as a single 1 bit. */
    private static boolean startsPicture(int type, byte[] payload, int sliceAt) {
        return NalUnit.isSlice(type)
                ? sliceAt < payload.length && (payload[sliceAt] & FIRST_MACROBLOCK_IS_0) != 0
                : type > NalUnit.IDR && type <= NalUnit.DELIMITER;
    }

    private static boolean startsKeyframe(int type) {
        return type == NalUnit.IDR || type == NalUnit.SPS;
    }

    private static int type(byte[] payload, int at) {
        return at < payload.length ? NalUnit.type(payload[at]) : 0;
    }
}
