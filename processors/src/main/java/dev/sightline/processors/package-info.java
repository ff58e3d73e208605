/** The built-in processors, each a {@link dev.sightline.processor.ProcessorFactory} found by ServiceLoader. */
@NullMarked
package dev.sightline.processors;

import org.jspecify.annotations.NullMarked;
