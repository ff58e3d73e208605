/** Whether video encoders hold their rates, whatever they are given to see, and what that costs in quality and time. */
@NullMarked
package dev.sightline.bench.rates;

import org.jspecify.annotations.NullMarked;
