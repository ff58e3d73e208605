/** Engine.IO, protocol 4: sessions of messages over long-polling and WebSocket. What the messages say is others' business. */
@NullMarked
package dev.sightline.transport.socketio.engine;

import org.jspecify.annotations.NullMarked;
