package dev.sightline.http;

import dev.sightline.http.websocket.WebSocketOptions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Serves the requests of one method on one path. */
sealed interface Route {

    /**
     * The longest body accepted; 0 if none is expected.
     *
     * @param query of the request
     */
    int maxBodyBytes(Map<String, List<String>> query);

    /** Answered at once. */
    record Plain(int most, Handler handler) implements Route {
        @Override
        public int maxBodyBytes(Map<String, List<String>> query) {
            return most;
        }
    }

    /** Answered step by step. */
    record Streamed(ToIntFunction<Map<String, List<String>>> most, StreamedHandler handler) implements Route {
        @Override
        public int maxBodyBytes(Map<String, List<String>> query) {
            return most.applyAsInt(query);
        }
    }

    /** Upgraded to a WebSocket. */
    record Socket(Function<Request, WebSocketOptions> options, WebSocketHandler handler) implements Route {
        @Override
        public int maxBodyBytes(Map<String, List<String>> query) {
            return 0;
        }
    }
}
