package dev.sightline.transport.webrtc.rtp;

/**
 * A packet of video that waits for its turn.
 *
 * @param seq as it counts on, beyond 16 bits
 * @param timestamp 0 to 2<sup>32</sup> - 1
 * @param payload a copy of its own
 */
record ArrivedPacket(long seq, long timestamp, boolean marker, byte[] payload) {}
