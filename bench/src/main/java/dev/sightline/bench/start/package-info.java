/** How long it takes from the start of the launcher to a picture on the screen. */
@NullMarked
package dev.sightline.bench.start;

import org.jspecify.annotations.NullMarked;
