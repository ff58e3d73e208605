/** Frames and videos from web servers: multipart JPEG of IP cameras, and everything else that FFmpeg plays over HTTP. */
@NullMarked
package dev.sightline.source.http;

import org.jspecify.annotations.NullMarked;
