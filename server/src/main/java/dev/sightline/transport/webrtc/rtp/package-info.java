/** Video as RTP and RTCP: packets out to viewers, with repair and choice of rate, and packets in from a publisher. */
@NullMarked
package dev.sightline.transport.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
