/**
 * WebRTC: viewers and publishers by WHEP, WHIP and plain offers, all through one media port.
 *
 * <p>Sessions join three rooms that do not know each other: {@code sdp}, {@code rtp} (packetization, NACK and RTX, reports, choice of
 * a rendition) over {@code congestion} (bandwidth estimation), and {@code transport} (one port and all peers) over {@code ice} (ICE-lite,
 * path validation), {@code dtls} and {@code srtp}. Below all stands {@code parameters}: fingerprints, credentials, keys.
 */
@NullMarked
package dev.sightline.transport.webrtc;

import org.jspecify.annotations.NullMarked;
