package dev.sightline.bench.guesses;

import dev.sightline.bench.AdminToken;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.load.Bystanders;
import dev.sightline.bench.load.Credential;
import dev.sightline.bench.load.Door;
import dev.sightline.bench.load.Guesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A server that asks for logins, with people who are entitled to come in.
 *
 * @param server with the administrator's token in its address
 * @param cookie of somebody who has logged in at the guesser's address before
 */
record GuessedServer(Server server, String cookie) implements AutoCloseable {
    static final String GUESSER = "127.0.0.2";
    static final String OTHER = "127.0.0.3";

    /**
     * Starts one.
     *
     * @param start how, with these arguments
     */
    static GuessedServer start(Programs programs, Function<List<String>, Server> start) throws IOException {
        Path folder = programs.folder().toAbsolutePath();
        // What users are added is kept there, and nowhere else.
        Path data = Files.createDirectories(
                folder.resolve("data-" + ProcessHandle.current().pid()));
        programs.with("XDG_DATA_HOME", data.toString());
        Path file = Files.writeString(folder.resolve("guesses.yml"), """
                webrtc: {port: 0}
                auth:
                  %s
                  jwt: {issuer: "https://nobody.invalid", audience: bench, keys: "https://127.0.0.1:1/keys", may: [watch]}
                streams:
                  bench: {source: "pattern:320x240@10"}
                """.formatted(AdminToken.entry()));
        Server server = start.apply(List.of("--config", file.toString()));
        Server owned = server.at(Credential.in(server.stream(), AdminToken.TEXT));
        return new GuessedServer(owned, Bystanders.prepare(owned.stream(), GUESSER));
    }

    /** Others come and go for so long, while nobody guesses. */
    Bystanders quiet(Duration length) throws IOException {
        return Bystanders.during(length, server.stream(), GUESSER, OTHER, cookie);
    }

    /** The same while somebody does. */
    During guesses(Door door, int aSecond, Duration length) throws IOException {
        CompletableFuture<Guesses> guesses = CompletableFuture.supplyAsync(() -> Guesses.at(
                door,
                URI.create("http://" + server.stream().getHost() + ":"
                        + server.stream().getPort() + "/"),
                GUESSER,
                aSecond,
                length));
        Bystanders others = quiet(length);
        return new During(guesses.join(), others);
    }

    /** What the guesser was answered, and how others fared. */
    record During(Guesses guesses, Bystanders others) {}

    @Override
    public void close() {
        server.close();
    }
}
