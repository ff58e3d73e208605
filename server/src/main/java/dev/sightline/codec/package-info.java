/** Compression: decoders from what sources send, encoders to what viewers watch, and the slate between them. */
@NullMarked
package dev.sightline.codec;

import org.jspecify.annotations.NullMarked;
