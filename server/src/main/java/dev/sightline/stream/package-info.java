/** Live streams: a source, a pipeline and its renditions, fanned out to subscribers; latest frame wins. */
@NullMarked
package dev.sightline.stream;

import org.jspecify.annotations.NullMarked;
