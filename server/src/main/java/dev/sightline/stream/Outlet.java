package dev.sightline.stream;

import dev.sightline.source.Numbering;

/**
 * The half of a stream that faces its viewers, as its {@link Production} knows it.
 *
 * @param name the stream's name
 * @param renditions take its frames
 * @param numbering numbers frames and slates
 * @param timeline gives frames and slates their presentation timestamps
 * @param onChange reports that the state has changed
 * @param end closes the stream
 */
record Outlet(
        String name, Renditions renditions, Numbering numbering, Timeline timeline, Runnable onChange, Runnable end) {}
