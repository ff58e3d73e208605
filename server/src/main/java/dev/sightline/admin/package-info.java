/** What people and programs see of the server besides frames: the web UI, the API, health and metrics. */
@NullMarked
package dev.sightline.admin;

import org.jspecify.annotations.NullMarked;
