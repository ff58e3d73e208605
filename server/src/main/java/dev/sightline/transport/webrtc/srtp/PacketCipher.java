package dev.sightline.transport.webrtc.srtp;

import java.security.GeneralSecurityException;

/**
 * Protects packets with the keys of one direction, or opens them. A packet's index makes its encryption unique: RTP's sequence
 * number extended by its rollover counter, or RTCP's own. Not thread-safe.
 */
interface PacketCipher {

    /**
     * Protects an RTP packet.
     *
     * @param clear how many bytes, from the first, stay readable
     * @param sealed gets the result from index 0
     * @return the result's length
     */
    int sealRtp(byte[] packet, int offset, int clear, int length, int ssrc, long index, byte[] sealed)
            throws GeneralSecurityException;

    /**
     * Opens an RTP packet that begins at index 0, in place.
     *
     * @return the length of its content
     * @throws GeneralSecurityException if it is not authentic; its bytes are then undefined
     */
    int openRtp(byte[] packet, int clear, int length, int ssrc, long index) throws GeneralSecurityException;

    /** Protects an RTCP packet, as above. */
    int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index, byte[] sealed)
            throws GeneralSecurityException;

    /** Opens an RTCP packet, as above. */
    int openRtcp(byte[] packet, int length, int ssrc) throws GeneralSecurityException;

    /** The index that a protected RTCP packet carries, not yet authenticated; -1 for empty packets, which have none. */
    int rtcpIndex(byte[] packet, int length);
}
