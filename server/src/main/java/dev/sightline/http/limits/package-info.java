/** Limits per client and in all: connections, memory, time, log lines. Transports with limits of their own use it too. */
@NullMarked
package dev.sightline.http.limits;

import org.jspecify.annotations.NullMarked;
