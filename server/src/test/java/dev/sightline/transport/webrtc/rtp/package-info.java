/** RTP without a network: shapes byte for byte, and lossy ways in simulated time. */
@NullMarked
package dev.sightline.transport.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
