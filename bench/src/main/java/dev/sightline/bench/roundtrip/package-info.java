/** Round trips: pictures sent to a {@code mirror:} stream and their results, against the least that can make the same results. */
@NullMarked
package dev.sightline.bench.roundtrip;

import org.jspecify.annotations.NullMarked;
