/** What the bytes of H.264 say (ITU-T H.264), read without decoding them: NAL units, parameter sets, profiles. */
@NullMarked
package dev.sightline.h264;

import org.jspecify.annotations.NullMarked;
