/** Configuration as text: YAML and shorthand into records, every problem with its place and its nearest right word. */
@NullMarked
package dev.sightline.config;

import org.jspecify.annotations.NullMarked;
