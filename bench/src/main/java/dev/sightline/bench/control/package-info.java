/** How soon a change of the configuration is seen, by API or by saving a file, and what it costs. */
@NullMarked
package dev.sightline.bench.control;

import org.jspecify.annotations.NullMarked;
