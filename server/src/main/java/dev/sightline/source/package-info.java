/** Where frames come from: what a source is, and how an address becomes one. */
@NullMarked
package dev.sightline.source;

import org.jspecify.annotations.NullMarked;
