/** Live video from RTSP servers, which most IP cameras are. */
@NullMarked
package dev.sightline.source.rtsp;

import org.jspecify.annotations.NullMarked;
