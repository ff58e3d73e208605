package dev.sightline.transport.webrtc.srtp;

import java.security.GeneralSecurityException;

/**
 * Protects packets with the keys of one direction, or opens them. A packet's index makes its encryption unique: RTP's
 * sequence number with the count of its overflows above, or RTCP's own. Not safe for use by several threads.
 */
interface PacketCipher {

    /**
     * Protects an RTP packet.
     *
     * @param clear how many bytes, from the first, stay readable
     * @param sealed takes the result from its beginning
     * @return the result's length
     */
    int sealRtp(byte[] packet, int offset, int clear, int length, int ssrc, long index, byte[] sealed)
            throws GeneralSecurityException;

    /**
     * Opens an RTP packet that begins at 0, in place.
     *
     * @return the length of what was in it
     * @throws GeneralSecurityException if it is not authentic, and then its bytes are of no use
     */
    int openRtp(byte[] packet, int clear, int length, int ssrc, long index) throws GeneralSecurityException;

    /** Protects an RTCP packet, as above. */
    int sealRtcp(byte[] packet, int offset, int length, int ssrc, int index, byte[] sealed)
            throws GeneralSecurityException;

    /** Opens an RTCP packet, as above. */
    int openRtcp(byte[] packet, int length, int ssrc) throws GeneralSecurityException;

    /** The index that a protected RTCP packet carries, not yet authenticated; empty packets have none: -1. */
    int rtcpIndex(byte[] packet, int length);
}
