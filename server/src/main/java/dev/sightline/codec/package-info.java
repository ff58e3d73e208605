/** Transcoding: decoders of what sources send, encoders of what viewers watch, and the slate between them. */
@NullMarked
package dev.sightline.codec;

import org.jspecify.annotations.NullMarked;
