/**
 * One connection, whatever it speaks: its turns on the event loop, the rate at which it is read, what leaves it, and how
 * it ended. Named inside {@code http} only.
 */
@NullMarked
package dev.sightline.http.connection;

import org.jspecify.annotations.NullMarked;
