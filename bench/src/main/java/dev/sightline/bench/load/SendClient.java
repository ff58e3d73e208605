package dev.sightline.bench.load;

import dev.sightline.bench.floor.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load client of round trips, on one thread: does what its standard input says, a line at a time, and answers each
 * line with one. It ends with its input, and so with whoever started it.
 *
 * <pre>
 *   open COUNT ADDRESS           more senders
 *   measure MILLISECONDS FPS     all send so often; answers with {@link RoundTrips} as JSON
 *   clear                        sends all home
 * </pre>
 *
 * <p>Other answers are {@code ok}, or {@code failed} with the reason.
 */
public final class SendClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Senders senders;

    private SendClient(Senders senders) {
        this.senders = senders;
    }

    /** Takes the file of the pictures to send. */
    public static void main(String[] arguments) throws IOException {
        SendClient client = new SendClient(new Senders(messages(Recording.read(Path.of(arguments[0])))));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(client.answer(line.split(" ")));
        }
    }

    /** Masked once, and not again for each that is sent: the time is the server's. */
    private static List<ByteBuffer> messages(List<byte[]> pictures) {
        Random keys = new Random(1);
        return pictures.stream()
                .map(picture -> ClientFrame.binary(picture, keys.nextInt()))
                .map(frame -> ByteBuffer.allocateDirect(frame.length).put(frame).flip())
                .toList();
    }

    private String answer(String[] words) {
        try {
            return obey(words);
        } catch (IOException | RuntimeException e) {
            return "failed: " + e.getMessage();
        }
    }

    private String obey(String[] words) throws IOException {
        switch (words[0]) {
            case "open" -> senders.add(Integer.parseInt(words[1]), URI.create(words[2]));
            case "clear" -> senders.clear();
            case "measure" -> {
                return JSON.writeValueAsString(senders.measure(Long.parseLong(words[1]), Integer.parseInt(words[2])));
            }
            default -> throw new IllegalArgumentException("unknown command " + Arrays.toString(words));
        }
        return "ok";
    }
}
