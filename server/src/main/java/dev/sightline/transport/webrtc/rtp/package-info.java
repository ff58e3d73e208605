/** Video over RTP and RTCP: packets to viewers, with repair and choice of the rendition, and packets from a publisher. */
@NullMarked
package dev.sightline.transport.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
