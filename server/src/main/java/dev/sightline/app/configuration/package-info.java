/** What is configured: read, judged as a whole, compared with what runs, and applied while it runs. */
@NullMarked
package dev.sightline.app.configuration;

import org.jspecify.annotations.NullMarked;
