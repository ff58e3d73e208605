package dev.sightline.transport.webrtc.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sink that keeps what it gets. */
final class Recorder implements PacketSink {
    final List<byte[]> rtp = new ArrayList<>();
    final List<byte[]> rtcp = new ArrayList<>();

    @Override
    public void rtp(byte[] packet, int offset, int length) {
        rtp.add(Arrays.copyOfRange(packet, offset, offset + length));
    }

    @Override
    public void rtcp(byte[] packet, int offset, int length) {
        rtcp.add(Arrays.copyOfRange(packet, offset, offset + length));
    }

    @Override
    public void flush() {}

    RtpHeader header(int index) {
        byte[] packet = rtp.get(index);
        return RtpHeader.read(packet, 0, packet.length).orElseThrow();
    }

    byte[] payload(int index) {
        RtpHeader header = header(index);
        return Arrays.copyOfRange(
                rtp.get(index), header.payloadOffset(), header.payloadOffset() + header.payloadLength());
    }

    List<RtcpPacket> read(int index) {
        return new RtcpReader().read(rtcp.get(index), 0, rtcp.get(index).length);
    }
}
