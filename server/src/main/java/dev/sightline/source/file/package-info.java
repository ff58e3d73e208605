/** Videos and still images in files, played at their own pace. */
@NullMarked
package dev.sightline.source.file;

import org.jspecify.annotations.NullMarked;
