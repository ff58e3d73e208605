/** What viewers in Chromium see of a stream by WebRTC, behind lines as people have them. */
@NullMarked
package dev.sightline.bench.lines;

import org.jspecify.annotations.NullMarked;
