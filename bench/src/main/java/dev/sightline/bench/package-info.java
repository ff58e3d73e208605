/** Measurements of Sightline; never published. */
@NullMarked
package dev.sightline.bench;

import org.jspecify.annotations.NullMarked;
