/**
 * Congestion control: how much the line to one peer carries, estimated by the sender from transport-wide feedback. Pure: packets
 * and time in, a rate out.
 */
@NullMarked
package dev.sightline.transport.webrtc.congestion;

import org.jspecify.annotations.NullMarked;
