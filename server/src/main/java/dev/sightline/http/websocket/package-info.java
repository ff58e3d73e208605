/** WebSockets (RFC 6455) after their handshake: frames, messages, pings and closes. Knows no request and no route. */
@NullMarked
package dev.sightline.http.websocket;

import org.jspecify.annotations.NullMarked;
