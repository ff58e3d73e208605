/** What a user's code implements: a frame processor, and the factory by which it is found and configured. */
@NullMarked
package dev.sightline.processor;

import org.jspecify.annotations.NullMarked;
