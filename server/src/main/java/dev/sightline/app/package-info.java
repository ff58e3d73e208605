/** The program: command line, configuration file, and the composition of everything; the only room that exits. */
@NullMarked
package dev.sightline.app;

import org.jspecify.annotations.NullMarked;
