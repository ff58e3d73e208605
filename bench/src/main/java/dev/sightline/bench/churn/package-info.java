/** What a server keeps while its users come and go. */
@NullMarked
package dev.sightline.bench.churn;

import org.jspecify.annotations.NullMarked;
