/** Measurements of Sightline, never published: what they have in common. */
@NullMarked
package dev.sightline.bench;

import org.jspecify.annotations.NullMarked;
