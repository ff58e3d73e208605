/** What somebody may do here, in the same words for every transport. */
@NullMarked
package dev.sightline.access;

import org.jspecify.annotations.NullMarked;
