/** A WebRTC client in plain Java, for tests and for load, which shares no code with the server's own. */
@NullMarked
package dev.sightline.testkit.webrtc;

import org.jspecify.annotations.NullMarked;
