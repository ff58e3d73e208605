package dev.sightline.bench.load;

import java.io.IOException;

/** What a stranger may send very much of. */
public enum Flood {
    /** A header that promises 15 MB, all of it but the end, then a byte a second: to Socket.IO, which any server has. */
    FRAME("15 MB of an unfinished message, one frame (Socket.IO)", 8, FloodTarget::frame),
    /** The same in parts, to a stream that takes pictures, by who answers pings. */
    FRAGMENTS("15 MB of an unfinished message, fragments (mirror)", 8, FloodTarget::fragments),
    /** Requests that cost little, without waiting for answers. */
    HEALTH("GET /health, pipelined", 2, FloodTarget::health),
    /** Many packets in few bytes. */
    PACKETS("Socket.IO POSTs of 2 MB of tiny packets", 4, FloodTarget::packets),
    /** Messages that mean nothing. */
    TEXTS("WebSocket texts and pings", 2, FloodTarget::texts),
    /** Sessions of WebRTC that nobody takes up. */
    OFFERS("WHEP offers without ICE", 8, FloodTarget::offers),
    /** Connections that say nothing, 2,500 a client. */
    IDLE("2,500 idle connections a client", 1, FloodTarget::idle),
    /** Streams that do not exist. */
    NAMES("GET of 8,000 letters, pipelined", 2, FloodTarget::names);

    /** How many clients there are, all at the same address. */
    public static final int CLIENTS = 4;

    private final String title;
    private final int threads;
    private final Attack attack;

    Flood(String title, int threads, Attack attack) {
        this.title = title;
        this.threads = threads;
        this.attack = attack;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** How many threads of one client go for a target at the same time. */
    int threads() {
        return threads;
    }

    /** Goes on until the connection ends. */
    void attack(FloodTarget target) throws IOException, InterruptedException {
        attack.on(target);
    }

    private interface Attack {
        void on(FloodTarget target) throws IOException, InterruptedException;
    }
}
