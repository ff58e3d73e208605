/** The steps that run on every frame of a stream, in order, and what happens when one of them fails. */
@NullMarked
package dev.sightline.pipeline;

import org.jspecify.annotations.NullMarked;
