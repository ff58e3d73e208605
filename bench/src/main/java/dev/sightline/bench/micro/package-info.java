/** JMH benchmarks of what happens to a picture before it is sent. */
@NullMarked
package dev.sightline.bench.micro;

import org.jspecify.annotations.NullMarked;
