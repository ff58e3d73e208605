/** Pictures and what is known about them: raw frames, encoded frames, metadata, detections. */
@NullMarked
package dev.sightline.frame;

import org.jspecify.annotations.NullMarked;
