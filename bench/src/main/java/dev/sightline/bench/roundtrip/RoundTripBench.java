package dev.sightline.bench.roundtrip;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Paired;
import dev.sightline.bench.Programs;
import dev.sightline.bench.Server;
import dev.sightline.bench.Turns;
import dev.sightline.bench.floor.AnswerServer;
import dev.sightline.bench.floor.Recording;
import dev.sightline.bench.load.SendClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The program behind {@code ./bench/roundtrip}: pictures sent to a {@code mirror:} stream through {@code grayscale} over a
 * plain WebSocket, as bare JPEG in both directions, by one sender and by many. Beside Sightline stand two floors: bare Netty
 * whose event loops do the same to each picture with OpenCV, and bare Netty that only sends back what came.
 */
@Command(
        name = "bench/roundtrip",
        description = "Measures the round trip of pictures through Sightline against bare Netty with OpenCV.")
public final class RoundTripBench implements Callable<Integer> {
    private static final List<String> SIGHTLINE = List.of("bench=mirror:", "--process", "grayscale");
    private static final String MIRROR = "/live/bench/ws";

    @Mixin
    private Options options = new Options();

    private RoundTripBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new RoundTripBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        List<byte[]> pictures = Pictures.pattern();
        double codecMillis = Pictures.codecMillis(pictures);
        Programs programs = new Programs("roundtrip");
        Path recording = programs.folder().resolve("recording");
        Recording.write(recording, pictures);
        System.out.println("Machine: " + Machine.describe() + "\n");
        try (SendControl load =
                new SendControl(programs.loadClient(SendClient.class, recording.toString()), options.fps())) {
            if (options.beside().isPresent()) {
                besideAnother(load, programs, options.beside().get());
            } else {
                besideFloors(load, programs, pictures, codecMillis);
            }
        }
        return 0;
    }

    private void besideAnother(SendControl load, Programs programs, Path other) {
        System.out.println("## Round trips of " + options.clients() + " senders\n");
        try (Server mine = programs.sightline(SIGHTLINE);
                Server theirs = programs.sightlineOf(other, SIGHTLINE)) {
            Turns turns = new Turns(List.of(at(mine, MIRROR), at(theirs, MIRROR)));
            turns.each(server -> load.sample(server, options.clients(), options.warmUp()));
            List<List<Sample>> pairs = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                pairs.add(turns.each(server -> load.sample(server, options.clients(), options.slice())));
            }
            new Paired<>(pairs)
                    .row("CPU a picture, µs", Sample::cpuMicros)
                    .row("p50, ms", sample -> sample.seen().millis().p50())
                    .row("p99, ms", sample -> sample.seen().millis().p99())
                    .row("resident memory, MB", Sample::residentMegabytes)
                    .print(System.out);
        }
    }

    private void besideFloors(SendControl load, Programs programs, List<byte[]> pictures, double codecMillis)
            throws IOException {
        try (Server sightline = programs.sightline(SIGHTLINE);
                Server gray = programs.floor("floor", AnswerServer.class, "gray");
                Server echo = programs.floor("echo", AnswerServer.class, "echo")) {
            List<Server> servers = List.of(at(sightline, MIRROR), at(gray, "/"), at(echo, "/"));
            Pictures.requireGray(Answer.of(servers.get(0).stream(), pictures.get(0)), "Sightline");
            Pictures.requireGray(Answer.of(servers.get(1).stream(), pictures.get(0)), "the floor");
            new Report(options, servers, codecMillis, pictures).print(rounds(load, servers), System.out);
        }
    }

    private List<Round> rounds(SendControl load, List<Server> servers) {
        Turns turns = new Turns(servers);
        turns.each(server -> load.sample(server, options.clients(), options.warmUp()));
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            rounds.add(new Round(
                    turns.each(server -> load.sample(server, 1, options.length())),
                    turns.each(server -> load.sample(server, options.clients(), options.length()))));
        }
        return rounds;
    }

    private static Server at(Server server, String path) {
        return server.at(URI.create("ws://" + server.stream().getAuthority() + path));
    }
}
