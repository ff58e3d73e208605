/** The metadata of each frame, as server-sent events (WHATWG HTML, "Server-sent events"). */
@NullMarked
package dev.sightline.transport.metadata;

import org.jspecify.annotations.NullMarked;
