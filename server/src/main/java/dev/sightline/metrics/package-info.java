/** Metrics for Prometheus: how they are counted, named and written, and those of the process itself. */
@NullMarked
package dev.sightline.metrics;

import org.jspecify.annotations.NullMarked;
