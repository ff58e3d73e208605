/** Encoded frames to all viewers: a {@link Fanout} for each rendition, a {@link Subscription} for each viewer. */
@NullMarked
package dev.sightline.stream.fanout;

import org.jspecify.annotations.NullMarked;
