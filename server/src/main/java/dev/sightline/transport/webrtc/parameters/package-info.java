/**
 * What two peers tell each other or agree on, as values that several rooms above need: ICE credentials, certificate fingerprints,
 * SRTP profiles and their keys. And the order of bytes in which all of them write numbers.
 */
@NullMarked
package dev.sightline.transport.webrtc.parameters;

import org.jspecify.annotations.NullMarked;
