/** Pictures over WebSocket: bare JPEGs, or with their identity and metadata before each. */
@NullMarked
package dev.sightline.transport.websocket;

import org.jspecify.annotations.NullMarked;
