package dev.sightline.app;

import dev.sightline.app.configuration.Additions;
import dev.sightline.app.configuration.Written;

/**
 * What a program describes.
 *
 * @param written what it configures
 * @param additions what it adds in code
 */
record ServerDescription(Written written, Additions additions) {}
