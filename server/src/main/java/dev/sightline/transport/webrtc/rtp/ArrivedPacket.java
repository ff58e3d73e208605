package dev.sightline.transport.webrtc.rtp;

/**
 * A video packet that waits for its turn.
 *
 * @param seq extended beyond 16 bits
 * @param timestamp 0 to 2<sup>32</sup> - 1
 * @param payload its own copy
 */
record ArrivedPacket(long seq, long timestamp, boolean marker, byte[] payload) {}
