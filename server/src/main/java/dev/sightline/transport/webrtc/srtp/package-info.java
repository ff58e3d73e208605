/** SRTP (RFC 3711, RFC 7714) by the JDK's ciphers: packets are protected, or opened if they are authentic and have not come before. */
@NullMarked
package dev.sightline.transport.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
