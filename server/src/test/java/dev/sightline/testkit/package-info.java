/** What tests share: waiting, pictures, servers to read from, browsers to look with. */
@NullMarked
package dev.sightline.testkit;

import org.jspecify.annotations.NullMarked;
