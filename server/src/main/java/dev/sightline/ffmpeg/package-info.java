/** What sources and codecs share of FFmpeg: its log and errors, pictures out of its decoders, and H.264's parameters. */
@NullMarked
package dev.sightline.ffmpeg;

import org.jspecify.annotations.NullMarked;
