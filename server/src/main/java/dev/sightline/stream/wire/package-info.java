/** What a stream in a worker process and the server say to each other, as {@link dev.sightline.worker.Message}s. */
@NullMarked
package dev.sightline.stream.wire;

import org.jspecify.annotations.NullMarked;
