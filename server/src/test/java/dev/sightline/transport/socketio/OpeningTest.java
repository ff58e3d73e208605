package dev.sightline.transport.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.http.Headers;
import org.junit.jupiter.api.Test;

class OpeningTest {
    @Test
    void headers_whatAProgramMayWantIsKept_andNotMore() {
        Headers all = Headers.NONE
                .with("Cookie", "session=7")
                .with("Host", "localhost")
                .with("My-Token", "mine")
                .with("Sec-WebSocket-Key", "x")
                .with("Accept", "*/*")
                .with("X-Large", "x".repeat(Opening.MOST))
                .with("X-Small", "y");
        assertThat(Opening.kept(all).asMap().keySet()).containsExactly("Cookie", "Host", "My-Token", "X-Small");
    }
}
