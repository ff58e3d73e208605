/** The pattern source: a moving test pattern with its number and the time, for demonstrations and tests. */
@NullMarked
package dev.sightline.source.pattern;

import org.jspecify.annotations.NullMarked;
