/** The load client: many viewers in one process, who look at nothing of a picture but its length and its identity. */
@NullMarked
package dev.sightline.bench.load;

import org.jspecify.annotations.NullMarked;
