/** What users implement: a frame processor, and the factory that makes it available by name. */
@NullMarked
package dev.sightline.processor;

import org.jspecify.annotations.NullMarked;
