/** Viewers' inputs to processors over HTTP: for viewers whose frames come by WebRTC or MJPEG, and for programs. */
@NullMarked
package dev.sightline.transport.input;

import org.jspecify.annotations.NullMarked;
