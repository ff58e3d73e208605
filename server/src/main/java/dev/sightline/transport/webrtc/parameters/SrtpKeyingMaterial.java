package dev.sightline.transport.webrtc.parameters;

/**
 * The keys that a DTLS handshake produces for SRTP (RFC 5764 section 4.2).
 *
 * @param bytes the client's and the server's master keys, then their salts
 * @param client whether this side was the client
 */
public record SrtpKeyingMaterial(SrtpProfile profile, byte[] bytes, boolean client) {}
