/**
 * Worker processes: child JVMs in which native code may crash, hang or leak without harm to the server. This room starts and
 * watches them and carries messages to and from them; it does not know what they work on.
 */
@NullMarked
package dev.sightline.worker;

import org.jspecify.annotations.NullMarked;
