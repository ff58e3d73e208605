/** Cameras on this computer, by V4L2 on Linux, elsewhere by the platform's own interface. */
@NullMarked
package dev.sightline.source.camera;

import org.jspecify.annotations.NullMarked;
