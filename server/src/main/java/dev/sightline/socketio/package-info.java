/** What a program says to Socket.IO clients and hears from them: handlers, and the events of streams. */
@NullMarked
package dev.sightline.socketio;

import org.jspecify.annotations.NullMarked;
