/**
 * How much one client may have, and all together: connections, memory, time, lines of the log. Transports with limits of
 * their own stand on it too.
 */
@NullMarked
package dev.sightline.http.limits;

import org.jspecify.annotations.NullMarked;
