/** HTTP and WebSocket on Netty: routing, static resources, problems and limits, with Netty hidden from handlers. */
@NullMarked
package dev.sightline.http;

import org.jspecify.annotations.NullMarked;
