/** JPEG frames over plain HTTP: endless ones as multipart/x-mixed-replace, and single ones. */
@NullMarked
package dev.sightline.transport.mjpeg;

import org.jspecify.annotations.NullMarked;
