/** The server's certificate: made by Sightline's own authority or read from files, and kept up to date. */
@NullMarked
package dev.sightline.http.tls;

import org.jspecify.annotations.NullMarked;
