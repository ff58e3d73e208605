/** The bench of video over WebRTC: many viewers, beside bare UDP of the same bytes, and many who come at once. */
@NullMarked
package dev.sightline.bench.webrtc;

import org.jspecify.annotations.NullMarked;
