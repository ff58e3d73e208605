/** What viewers send over HTTP: inputs to processors, for those whose frames come by WebRTC or MJPEG and for programs; and latencies. */
@NullMarked
package dev.sightline.transport.input;

import org.jspecify.annotations.NullMarked;
