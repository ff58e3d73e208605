/** Still pictures before anything is decoded: of what kind they are, how large, and where they end. */
@NullMarked
package dev.sightline.picture;

import org.jspecify.annotations.NullMarked;
