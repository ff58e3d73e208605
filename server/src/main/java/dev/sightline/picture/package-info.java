/** Still pictures before decoding: their kinds, sizes, ends, and decoding costs. */
@NullMarked
package dev.sightline.picture;

import org.jspecify.annotations.NullMarked;
