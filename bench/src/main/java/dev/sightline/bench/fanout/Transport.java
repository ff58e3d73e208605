package dev.sightline.bench.fanout;

import java.net.URI;

/** How viewers are sent their pictures. */
enum Transport {
    /** WebSocket. */
    WS("ws", "/live/bench/ws", "websocket", "pattern:640x480@30"),
    /** HTTP, multipart/x-mixed-replace. */
    MJPEG("http", "/live/bench/mjpeg", "multipart", "pattern:640x480@30"),
    /** Socket.IO over WebSocket, of a source whose pictures have some 60 KB. */
    SOCKETIO("ws", "/socket.io/?EIO=4&transport=websocket", "socketio", "pattern:1040x780@30");

    private final String scheme;
    private final String path;
    private final String framing;
    private final String source;

    Transport(String scheme, String path, String framing, String source) {
        this.scheme = scheme;
        this.path = path;
        this.framing = framing;
        this.source = source;
    }

    /** Where a server sends pictures so. */
    URI stream(String authority) {
        return URI.create(scheme + "://" + authority + path);
    }

    /** Where the pictures of a stream sent so can be had as bare messages, in the same rendition. */
    URI pictures(URI stream) {
        boolean chosen = this != SOCKETIO && stream.getQuery() != null;
        return URI.create(WS.stream(stream.getAuthority()) + (chosen ? "?" + stream.getQuery() : ""));
    }

    /** Whether viewers can choose their rendition. */
    boolean offersRenditions() {
        return this != SOCKETIO;
    }

    /** The floor's name for it. */
    String framing() {
        return framing;
    }

    /** What is shown where nothing else is named. */
    String source() {
        return source;
    }
}
