/** The fan-out bench: starts server, floor and load client, measures them alternately and prints what it found. */
@NullMarked
package dev.sightline.bench.fanout;

import org.jspecify.annotations.NullMarked;
