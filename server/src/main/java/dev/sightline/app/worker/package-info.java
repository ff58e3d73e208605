/** What a worker process does: streams without viewers, whose frames go to the server. */
@NullMarked
package dev.sightline.app.worker;

import org.jspecify.annotations.NullMarked;
