/** Frames over WebSocket: bare JPEGs, or each with its identity and metadata in front. */
@NullMarked
package dev.sightline.transport.websocket;

import org.jspecify.annotations.NullMarked;
