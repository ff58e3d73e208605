/**
 * Values that peers exchange or agree on, for several rooms above: ICE credentials, certificate fingerprints, SRTP profiles and
 * their keys. And network byte order, in which all of them write numbers.
 */
@NullMarked
package dev.sightline.transport.webrtc.parameters;

import org.jspecify.annotations.NullMarked;
