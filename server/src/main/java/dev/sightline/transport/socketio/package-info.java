/** Socket.IO: streams as events, frames back from pages, and a program's own events (Engine.IO 4, Socket.IO 5). */
@NullMarked
package dev.sightline.transport.socketio;

import org.jspecify.annotations.NullMarked;
