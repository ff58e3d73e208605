/** The floor: the least that a Netty server can do to hand the same pictures to as many viewers. */
@NullMarked
package dev.sightline.bench.floor;

import org.jspecify.annotations.NullMarked;
