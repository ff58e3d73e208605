/** Live streams: a source, a pipeline and the renditions of it, fanned out to subscribers by the newest-wins law. */
@NullMarked
package dev.sightline.stream;

import org.jspecify.annotations.NullMarked;
