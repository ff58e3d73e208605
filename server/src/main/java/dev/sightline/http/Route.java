package dev.sightline.http;

/** What serves the requests of one method on one path. */
sealed interface Route {

    /** The longest body taken; 0 where none is expected. */
    int maxBodyBytes();

    /** Answered at once. */
    record Plain(int maxBodyBytes, Handler handler) implements Route {}

    /** Answered step by step. */
    record Streamed(int maxBodyBytes, StreamedHandler handler) implements Route {}

    /** Turned into a WebSocket. */
    record Socket(WebSocketOptions options, WebSocketHandler handler) implements Route {
        @Override
        public int maxBodyBytes() {
            return 0;
        }
    }
}
