package dev.sightline.bench.load;

import dev.sightline.testkit.webrtc.VideoCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load client's program for WebRTC: does what its standard input says, a line at a time, and answers each line with
 * one. It ends with its input.
 *
 * <pre>
 *   join COUNT MILLISECONDS WHEP-ADDRESS   more viewers, spread over that time; answers with {@link Joined} as JSON
 *   thin COUNT MILLISECONDS WHEP-ADDRESS   the same, each behind a thin line
 *   plain COUNT HOST PORT                  more viewers of the floor
 *   begin                                  begins to count
 *   end                                    answers with {@link PeersSeen} as JSON, of the viewers there at the beginning
 *   clear                                  sends all home
 * </pre>
 *
 * <p>Other answers are {@code ok}, or {@code failed} with the reason.
 */
public final class PeerClient {
    private static final JsonMapper JSON = new JsonMapper();

    private PeerClient() {}

    /** Takes the codec that the viewers want, as SDP names it. */
    public static void main(String[] arguments) throws IOException {
        try (Peers peers = new Peers(VideoCodec.valueOf(arguments[0]))) {
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(answer(peers, line.split(" ")));
            }
        }
    }

    private static String answer(Peers peers, String[] words) {
        try {
            return obey(peers, words);
        } catch (RuntimeException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return "failed: " + reason.getMessage();
        }
    }

    private static String obey(Peers peers, String[] words) {
        int count = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        switch (words[0]) {
            case "join", "thin" -> {
                Duration within = Duration.ofMillis(Long.parseLong(words[2]));
                boolean thin = words[0].equals("thin");
                return JSON.writeValueAsString(peers.join(count, within, URI.create(words[3]), thin));
            }
            case "plain" -> peers.joinPlain(count, words[2], Integer.parseInt(words[3]));
            case "begin" -> peers.begin();
            case "end" -> {
                return JSON.writeValueAsString(peers.end());
            }
            case "clear" -> peers.clear();
            default -> throw new IllegalArgumentException("unknown command " + Arrays.toString(words));
        }
        return "ok";
    }
}
