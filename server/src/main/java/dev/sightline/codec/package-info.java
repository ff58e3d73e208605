/** Transcoding: decoders for sources' frames, encoders for viewers, and the slate between them. */
@NullMarked
package dev.sightline.codec;

import org.jspecify.annotations.NullMarked;
