package dev.sightline.http;

import java.util.function.Function;

/** What serves the requests of one method on one path. */
sealed interface Route {

    /** The longest body taken; 0 where none is expected. */
    int maxBodyBytes();

    /** Answered at once. */
    record Plain(int maxBodyBytes, Handler handler) implements Route {}

    /** Answered step by step. */
    record Streamed(int maxBodyBytes, StreamedHandler handler) implements Route {}

    /** Turned into a WebSocket. */
    record Socket(Function<Request, WebSocketOptions> options, WebSocketHandler handler) implements Route {
        @Override
        public int maxBodyBytes() {
            return 0;
        }
    }
}
