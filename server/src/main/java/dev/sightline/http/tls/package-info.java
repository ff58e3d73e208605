/** The server's certificate: issued by Sightline's own authority or read from files, and renewed. */
@NullMarked
package dev.sightline.http.tls;

import org.jspecify.annotations.NullMarked;
