/** SRTP (RFC 3711, RFC 7714) by the JDK's ciphers: protects packets, and opens those that are authentic and new. */
@NullMarked
package dev.sightline.transport.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
