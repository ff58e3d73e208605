/** What a program exchanges with Socket.IO clients: handlers, and the events of streams. */
@NullMarked
package dev.sightline.socketio;

import org.jspecify.annotations.NullMarked;
