/**
 * One connection of any protocol: its turns on the event loop, its input rate, its output, and how it ended. Used only inside
 * {@code http}.
 */
@NullMarked
package dev.sightline.http.connection;

import org.jspecify.annotations.NullMarked;
