/** Guesses of passwords and tokens: what they cost, and whether others still get in. */
@org.jspecify.annotations.NullMarked
package dev.sightline.bench.guesses;
