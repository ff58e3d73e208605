/** Holds the code to the floors of ARCHITECTURE.md, and the documents to the code. */
@NullMarked
package dev.sightline.house;

import org.jspecify.annotations.NullMarked;
