package dev.sightline.testkit.webrtc;

import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/** One packet in an array with room for what encryption adds, as the SRTP library wants it. */
final class PacketBytes implements ByteArrayBuffer {
    private byte[] bytes;
    private int length;

    PacketBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** A packet of its own, with room behind it. */
    static PacketBytes of(byte[] packet) {
        PacketBytes made = new PacketBytes(packet.length + 64);
        made.append(packet, packet.length);
        return made;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return 0;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int offset) {
        if (offset != 0) {
            throw new IllegalArgumentException("a packet begins at 0");
        }
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int offset, int count, byte[] target) {
        System.arraycopy(bytes, offset, target, 0, count);
    }

    @Override
    public void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + more);
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, length, count);
        length += count;
    }

    @Override
    public void shrink(int less) {
        length -= less;
    }
}
