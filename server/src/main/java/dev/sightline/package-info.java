/** The library's entry point: a server inside your own program, in about ten lines. */
@NullMarked
package dev.sightline;

import org.jspecify.annotations.NullMarked;
