/** What sources and codecs share of FFmpeg: its log and errors, and pictures out of its decoders. */
@NullMarked
package dev.sightline.ffmpeg;

import org.jspecify.annotations.NullMarked;
