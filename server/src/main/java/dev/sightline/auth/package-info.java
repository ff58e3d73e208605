/** Who may use this server: users, tokens, share links, and what each may do; origins of pages, and the server's names. */
@NullMarked
package dev.sightline.auth;

import org.jspecify.annotations.NullMarked;
