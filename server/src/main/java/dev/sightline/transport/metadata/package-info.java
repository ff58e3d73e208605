/** What was found in each picture, as server-sent events (WHATWG HTML, "Server-sent events"). */
@NullMarked
package dev.sightline.transport.metadata;

import org.jspecify.annotations.NullMarked;
