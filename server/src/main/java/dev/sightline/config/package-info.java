/** Configuration as text: YAML and shorthand into records; every problem has its place and the nearest correct word. */
@NullMarked
package dev.sightline.config;

import org.jspecify.annotations.NullMarked;
