/** Editing YAML in place: only the characters that differ are replaced, so that comments and order survive. */
@NullMarked
package dev.sightline.config.yaml;

import org.jspecify.annotations.NullMarked;
