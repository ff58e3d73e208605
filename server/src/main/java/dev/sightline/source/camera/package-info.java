/** Cameras at this computer, on Linux by V4L2, elsewhere by what the platform has. */
@NullMarked
package dev.sightline.source.camera;

import org.jspecify.annotations.NullMarked;
