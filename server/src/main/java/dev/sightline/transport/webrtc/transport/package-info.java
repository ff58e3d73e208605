/**
 * The transports of all peers on one port, over UDP and TCP: the sockets, the dispatch of packets, admission, counts and
 * diagnostics. ICE, DTLS and SRTP are the rooms below; media and SDP are handled above.
 */
@NullMarked
package dev.sightline.transport.webrtc.transport;

import org.jspecify.annotations.NullMarked;
