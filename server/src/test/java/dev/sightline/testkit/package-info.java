/** What tests of several rooms share: servers to watch, videos to play, and eyes that read a picture's number. */
@NullMarked
package dev.sightline.testkit;

import org.jspecify.annotations.NullMarked;
