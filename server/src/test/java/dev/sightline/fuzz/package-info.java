/** What comes from outside is thrown at the parsers at random, guided by the branches it takes. */
@NullMarked
package dev.sightline.fuzz;

import org.jspecify.annotations.NullMarked;
