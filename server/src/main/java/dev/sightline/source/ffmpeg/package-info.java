/** Reads video with FFmpeg: demuxing, decoding and time limits, shared by files, cameras and network sources. */
@NullMarked
package dev.sightline.source.ffmpeg;

import org.jspecify.annotations.NullMarked;
