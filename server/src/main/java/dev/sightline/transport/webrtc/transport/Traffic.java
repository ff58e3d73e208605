package dev.sightline.transport.webrtc.transport;

/**
 * What went both ways.
 *
 * @param packetsSent those put on the way
 * @param bytesSent their bytes, encryption included, IP and UDP not
 * @param packetsReceived those that came
 * @param bytesReceived their bytes, as above
 */
public record Traffic(long packetsSent, long bytesSent, long packetsReceived, long bytesReceived) {}
