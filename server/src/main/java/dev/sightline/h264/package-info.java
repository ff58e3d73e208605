/** Parses the bytes of H.264 (ITU-T H.264) without decoding: NAL units, parameter sets, profiles. */
@NullMarked
package dev.sightline.h264;

import org.jspecify.annotations.NullMarked;
