/** Who may use this server. */
@NullMarked
package dev.sightline.auth;

import org.jspecify.annotations.NullMarked;
