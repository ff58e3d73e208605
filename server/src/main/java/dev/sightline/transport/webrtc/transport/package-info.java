/**
 * The transports of all peers on one port, over UDP and TCP: the sockets, what belongs to whom, who may come, and what is counted
 * and told. ICE, DTLS and SRTP stand below; what goes over a transport, and what an SDP says, are others' business.
 */
@NullMarked
package dev.sightline.transport.webrtc.transport;

import org.jspecify.annotations.NullMarked;
