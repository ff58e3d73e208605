package dev.sightline.bench.webrtc;

import dev.sightline.bench.BenchCommand;
import dev.sightline.bench.Machine;
import dev.sightline.bench.Paired;
import dev.sightline.bench.Server;
import dev.sightline.bench.Turns;
import dev.sightline.bench.load.Joined;
import dev.sightline.bench.load.PeersSeen;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The program behind {@code ./bench/webrtc}: many viewers who really shake hands and decrypt, against a floor that sends as
 * many packets of the same size by GSO and encrypts nothing; and many who come within a second.
 */
@Command(name = "bench/webrtc", description = "Measures viewers over WebRTC against bare UDP of the same bytes.")
public final class WebRtcBench implements Callable<Integer> {
    private static final int FPS = 30;
    private static final int OTHERS = 20;
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Mixin
    private Options options = new Options();

    private WebRtcBench() {}

    /** Exits with 0 whatever was found, and with 2 if it could not be measured. */
    public static void main(String[] arguments) {
        BenchCommand.run(new WebRtcBench(), arguments);
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("Machine: " + Machine.describe() + "\n");
        try (Lab lab = new Lab(options.codec(), options.thin())) {
            if (options.beside().isPresent()) {
                besideAnother(lab, options.beside().get(), out);
                return 0;
            }
            Report report = new Report(options, out);
            try (Server sightline = lab.sightline(options.arguments())) {
                PeersSeen warm = lab.sample(sightline, options.viewers(), options.warmUp())
                        .seen();
                report.crowds(crowds(lab, sightline, warm));
                joins(lab, sightline, report);
            }
            joinsAfterStart(lab, report);
        }
        return 0;
    }

    private void besideAnother(Lab lab, Path other, PrintStream out) {
        out.println("## " + options.viewers() + " viewers of " + options.source() + " over WebRTC\n");
        try (Server mine = lab.sightline(options.arguments());
                Server theirs = lab.sightlineOf(other, options.arguments())) {
            Turns turns = new Turns(List.of(mine, theirs));
            turns.each(server -> lab.sample(server, options.viewers(), options.warmUp()));
            List<List<Sample>> pairs = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                pairs.add(turns.each(server -> lab.sample(server, options.viewers(), options.length())));
            }
            new Paired<>(pairs)
                    .row("CPU in all, cores", Sample::cores)
                    .row("packets a second", sample -> sample.seen().packetsPerSecond())
                    .row("the thread that sends, cores", Sample::mediaCores)
                    .row("the same, µs a packet", Sample::sendingMicros)
                    .row(
                            "capture to last packet sent, without encoding, p50, ms",
                            sample -> sample.sent().addedP50())
                    .row("the same, p99, ms", sample -> sample.sent().addedP99())
                    .print(out);
        }
    }

    private Measurements crowds(Lab lab, Server sightline, PeersSeen warm) {
        try (Server floor = lab.floor(warm, FPS)) {
            Turns turns = new Turns(List.of(sightline, floor));
            turns.each(server ->
                    lab.sample(server, options.viewers(), options.warmUp().dividedBy(4)));
            List<Round> mine = new ArrayList<>();
            List<Round> least = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                List<Round> round = turns.each(server -> round(lab, server));
                mine.add(round.get(0));
                least.add(round.get(1));
            }
            return new Measurements(mine, least);
        }
    }

    private Round round(Lab lab, Server server) {
        Sample alone = lab.sample(server, 1, options.length());
        return new Round(
                alone,
                options.crowds().stream()
                        .map(viewers -> lab.sample(server, viewers, options.length()))
                        .toList());
    }

    private void joins(Lab lab, Server sightline, Report report) {
        lab.join(sightline, OTHERS, A_SECOND);
        Lab.sleep(A_SECOND);
        lab.begin();
        Joined joined = lab.join(sightline, options.joins(), A_SECOND);
        Lab.sleep(A_SECOND);
        PeersSeen others = lab.end();
        lab.clear();
        report.joins(joined, others);
    }

    /** As after a restart, when all come back at once: Java has compiled nothing yet of what they need. */
    private void joinsAfterStart(Lab lab, Report report) {
        try (Server fresh = lab.sightline(options.arguments())) {
            Joined joined = lab.join(fresh, options.joins(), A_SECOND);
            lab.clear();
            report.joinsAfterStart(joined);
        }
    }
}
