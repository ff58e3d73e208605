package dev.sightline.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Judges, several times a second, whether a child still does what it should. For the pool's thread. */
final class ChildWatch {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Loading classes and libraries for the first time on a busy machine, it may be slow. */
    private static final long STARTING_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** How long the JVM may write on its report of a crash, of which the start is enough. */
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final WorkerSettings settings;
    private final NotesReader notes;
    private final Path crash;
    private final Heartbeat heartbeat;
    private long watched;
    private OptionalLong resident = OptionalLong.empty();
    private OptionalLong crashSeen = OptionalLong.empty();

    /**
     * Why a child must be killed.
     *
     * @param suspects the streams to charge, where they are known better than by all notes
     */
    record Verdict(Death.Cause cause, String reason, Optional<Set<String>> suspects) {}

    ChildWatch(WorkerSettings settings, NotesReader notes, Path crash, long nowNanos) {
        this.settings = settings;
        this.notes = notes;
        this.crash = crash;
        this.heartbeat = new Heartbeat(TICK_NANOS, nowNanos, () -> CpuTimes.of(watched));
    }

    void answered() {
        heartbeat.answered();
    }

    /** The memory it held when it was last looked at. */
    OptionalLong resident() {
        return resident;
    }

    /**
     * Looks at a connected child.
     *
     * @param up whether it has loaded what it needs
     * @param ask sends the next question of the heartbeat
     */
    Optional<Verdict> judge(long pid, boolean up, long nowNanos, Runnable ask) {
        watched = pid;
        if (heartbeat.tick(nowNanos)) {
            ask.run();
        }
        resident = ResidentMemory.of(pid);
        return crashed(nowNanos).or(this::tooLarge).or(() -> stuck(nowNanos)).or(() -> silent(up));
    }

    /** Its JVM found a fatal error and writes its report, while the rest seems to live. */
    private Optional<Verdict> crashed(long nowNanos) {
        if (crashSeen.isEmpty() && Files.exists(crash)) {
            crashSeen = OptionalLong.of(nowNanos);
        }
        return crashSeen.isPresent() && nowNanos - crashSeen.getAsLong() > REPORT_NANOS
                ? Optional.of(new Verdict(Death.Cause.CRASH, "it crashed", Optional.empty()))
                : Optional.empty();
    }

    private Optional<Verdict> tooLarge() {
        return resident.isPresent() && resident.getAsLong() > settings.memoryBytes()
                ? Optional.of(new Verdict(
                        Death.Cause.MEMORY,
                        "it held more memory than the " + (settings.memoryBytes() >> 20) + " MiB it may",
                        Optional.empty()))
                : Optional.empty();
    }

    private Optional<Verdict> stuck(long nowNanos) {
        return notes.stuck(nowNanos, settings.hang().toNanos())
                .map(stream -> new Verdict(
                        Death.Cause.HANG,
                        "'" + stream + "' did not come back from one frame in "
                                + settings.hang().toSeconds() + " s",
                        Optional.of(Set.of(stream))));
    }

    private Optional<Verdict> silent(boolean up) {
        long limit = up ? settings.silence().toNanos() : STARTING_SILENCE_NANOS;
        return heartbeat.silentNanos() > limit
                ? Optional.of(new Verdict(
                        Death.Cause.HANG,
                        "it did not answer for " + TimeUnit.NANOSECONDS.toMillis(limit) + " ms",
                        Optional.empty()))
                : Optional.empty();
    }
}
