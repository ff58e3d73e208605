/** Still pictures before anything is decoded: of what kind they are, how large, where they end, and what decoding them costs. */
@NullMarked
package dev.sightline.picture;

import org.jspecify.annotations.NullMarked;
