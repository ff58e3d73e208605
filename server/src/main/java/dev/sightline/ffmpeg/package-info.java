/** The parts of FFmpeg that sources and codecs share: its log and errors, and pixels from its decoders. */
@NullMarked
package dev.sightline.ffmpeg;

import org.jspecify.annotations.NullMarked;
