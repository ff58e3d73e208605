package dev.sightline.transport.webrtc.rtp;

import dev.sightline.h264.AnnexB;
import dev.sightline.h264.NalUnit;
import dev.sightline.h264.ParameterSets;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import java.util.ArrayList;
import java.util.List;

/**
 * Remuxes H.264 access units from Annex B to RTP payloads (RFC 6184, packetization-mode 1): small NAL units share a STAP-A,
 * large ones are cut into FU-As, others travel alone. An IDR picture without SPS and PPS gets the latest ones.
 */
final class H264Packetiser implements Packetiser {
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private static final int STAP_HEADER_SIZE = 1;
    private static final int STAP_LENGTH_SIZE = 2;
    private static final int FU_HEADER_SIZE = 2;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;

    private final int greatest;
    private final ParameterSets parameterSets;
    private final List<NalUnit> together = new ArrayList<>();
    private int togetherSize;

    H264Packetiser() {
        this(GREATEST_PAYLOAD, new ParameterSets());
    }

    private H264Packetiser(int greatest, ParameterSets parameterSets) {
        this.greatest = greatest;
        this.parameterSets = parameterSets;
    }

    @Override
    public Packetiser cuttingTo(int bytes) {
        return new H264Packetiser(bytes, parameterSets);
    }

    @Override
    public List<byte[]> payloads(byte[] picture) {
        List<byte[]> payloads = new ArrayList<>();
        for (NalUnit unit : parameterSets.complete(AnnexB.units(picture))) {
            if (unit.type() == NalUnit.DELIMITER || unit.type() == NalUnit.FILLER) {
                continue;
            }
            int size = STAP_LENGTH_SIZE + unit.length();
            if (STAP_HEADER_SIZE + togetherSize + size > greatest) {
                putTogether(payloads);
            }
            if (unit.length() > greatest) {
                fragments(unit, payloads);
            } else {
                together.add(unit);
                togetherSize += size;
            }
        }
        putTogether(payloads);
        return payloads;
    }

    private void putTogether(List<byte[]> payloads) {
        if (together.size() == 1) {
            payloads.add(single(together.get(0)));
        } else if (!together.isEmpty()) {
            payloads.add(aggregate());
        }
        together.clear();
        togetherSize = 0;
    }

    private static byte[] single(NalUnit unit) {
        byte[] payload = new byte[unit.length()];
        System.arraycopy(unit.bytes(), unit.offset(), payload, 0, unit.length());
        return payload;
    }

    private byte[] aggregate() {
        byte[] payload = new byte[STAP_HEADER_SIZE + togetherSize];
        int importance = 0;
        int at = STAP_HEADER_SIZE;
        for (NalUnit unit : together) {
            importance = Math.max(importance, unit.importance());
            BigEndian.put16(payload, at, unit.length());
            System.arraycopy(unit.bytes(), unit.offset(), payload, at + STAP_LENGTH_SIZE, unit.length());
            at += STAP_LENGTH_SIZE + unit.length();
        }
        payload[0] = (byte) (importance | STAP_A);
        return payload;
    }

    /** Fragments do not contain the unit's own header: its bits are spread over their two header bytes. */
    private void fragments(NalUnit unit, List<byte[]> payloads) {
        int size = unit.length() - 1;
        int even = Packetiser.evenSize(size, greatest - FU_HEADER_SIZE);
        for (int at = 0; at < size; at += even) {
            int length = Math.min(even, size - at);
            int position = (at == 0 ? FU_START : 0) | (at + length == size ? FU_END : 0);
            byte[] payload = new byte[FU_HEADER_SIZE + length];
            payload[0] = (byte) (unit.importance() | FU_A);
            payload[1] = (byte) (position | unit.type());
            System.arraycopy(unit.bytes(), unit.offset() + 1 + at, payload, FU_HEADER_SIZE, length);
            payloads.add(payload);
        }
    }
}
