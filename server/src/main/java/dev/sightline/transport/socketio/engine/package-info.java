/** Engine.IO, protocol 4: sessions of messages over long-polling and WebSocket, whatever the messages mean. */
@NullMarked
package dev.sightline.transport.socketio.engine;

import org.jspecify.annotations.NullMarked;
