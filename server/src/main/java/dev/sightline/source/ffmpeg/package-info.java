/** Reading videos with FFmpeg: demuxing, decoding and time limits, which files, cameras and network sources share. */
@NullMarked
package dev.sightline.source.ffmpeg;

import org.jspecify.annotations.NullMarked;
