/** The status of a stream at one moment. */
@NullMarked
package dev.sightline.stream.status;

import org.jspecify.annotations.NullMarked;
