package dev.sightline.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load client's program: does what its standard input says, a line at a time, and answers each line with one. It ends
 * with its input, and so with whoever started it.
 *
 * <pre>
 *   good COUNT ADDRESS [FROM]        more viewers who read at once, at an address of their own or any
 *   slow BYTES-PER-SECOND ADDRESS    one who reads so fast and no faster
 *   stopped ADDRESS                  one who reads nothing after the first picture
 *   measure MILLISECONDS             answers with {@link Measured} as JSON
 *   clear                            sends all home
 * </pre>
 *
 * <p>Other answers are {@code ok}, or {@code failed} with the reason.
 */
public final class LoadClient {
    private static final JsonMapper JSON = new JsonMapper();

    private final Audience audience;

    private LoadClient(Audience audience) {
        this.audience = audience;
    }

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        LoadClient client = new LoadClient(Audience.start());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(client.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            return obey(words);
        } catch (InterruptedException | RuntimeException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return "failed: " + reason.getMessage();
        }
    }

    private String obey(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "good" -> {
                InetSocketAddress from = words.length > 3 ? new InetSocketAddress(words[3], 0) : Request.ANYWHERE;
                audience.add(Integer.parseInt(words[1]), URI.create(words[2]), from, Pace.GOOD);
            }
            case "slow" -> audience.add(1, URI.create(words[2]), new Pace(Long.parseLong(words[1])));
            case "stopped" -> audience.add(1, URI.create(words[1]), Pace.STOPPED);
            case "clear" -> audience.clear();
            case "measure" -> {
                audience.startPeriod();
                Thread.sleep(Long.parseLong(words[1]));
                return JSON.writeValueAsString(audience.endPeriod());
            }
            default -> throw new IllegalArgumentException("unknown command " + Arrays.toString(words));
        }
        return "ok";
    }
}
