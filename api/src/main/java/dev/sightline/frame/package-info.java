/** Frames and their metadata: raw frames, encoded frames, detections. */
@NullMarked
package dev.sightline.frame;

import org.jspecify.annotations.NullMarked;
