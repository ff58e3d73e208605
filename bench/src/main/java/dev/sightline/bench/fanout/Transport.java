package dev.sightline.bench.fanout;

/** How viewers are sent their pictures. */
enum Transport {
    /** WebSocket. */
    WS("ws", "ws", "websocket"),
    /** HTTP, multipart/x-mixed-replace. */
    MJPEG("http", "mjpeg", "multipart");

    private final String scheme;
    private final String path;
    private final String framing;

    Transport(String scheme, String path, String framing) {
        this.scheme = scheme;
        this.path = path;
        this.framing = framing;
    }

    /** The scheme of addresses. */
    String scheme() {
        return scheme;
    }

    /** The last part of a stream's address. */
    String path() {
        return path;
    }

    /** The floor's name for it. */
    String framing() {
        return framing;
    }
}
