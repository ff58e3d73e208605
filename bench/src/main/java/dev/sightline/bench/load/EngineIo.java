package dev.sightline.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of Socket.IO by long-polling (Engine.IO 4), on one connection. Used by one thread. */
final class EngineIo {
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";
    private static final String PACKET_SEPARATOR = "\u001e";
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final BlockingClient client;
    private final String path;

    private EngineIo(BlockingClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** Opens a session and joins the main namespace. */
    static EngineIo open(BlockingClient client) throws IOException {
        Matcher sid = SID.matcher(client.get(PATH).orRefused().text());
        if (!sid.find()) {
            throw new IOException("a session without an id");
        }
        EngineIo session = new EngineIo(client, PATH + "&sid=" + sid.group(1));
        session.post("40").orRefused();
        return session;
    }

    /** Sends packets. */
    HttpAnswer post(String packets) throws IOException {
        return client.post(path, "text/plain", packets.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for the next packets, and answers pings. */
    void poll() throws IOException {
        for (String packet : client.get(path).orRefused().text().split(PACKET_SEPARATOR, -1)) {
            if (packet.equals("2")) {
                post("3").orRefused();
            }
        }
    }

    /** Leaves; else the server would find out 45 s later. */
    void leave() throws IOException {
        post("1").orRefused();
    }

    /** So many events with a name of one letter, as a client may write them. */
    static String tinyEvents(int bytes) {
        String event = "42[\"a\"]" + PACKET_SEPARATOR;
        String events = event.repeat(bytes / event.length());
        return events.substring(0, events.length() - 1);
    }
}
