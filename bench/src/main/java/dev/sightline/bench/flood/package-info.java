/** How others fare while one address floods the server. */
@NullMarked
package dev.sightline.bench.flood;

import org.jspecify.annotations.NullMarked;
