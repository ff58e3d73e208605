/** The steps that run on every picture of a stream, in order, and what happens when one of them fails. */
@NullMarked
package dev.sightline.pipeline;

import org.jspecify.annotations.NullMarked;
