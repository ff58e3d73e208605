/** The pattern source: a moving test picture that carries its number and the time, for demonstrations and tests. */
@NullMarked
package dev.sightline.source.pattern;

import org.jspecify.annotations.NullMarked;
