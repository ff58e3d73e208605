package dev.sightline.stream;

import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.stream.LiveStream.Activation;
import dev.sightline.stream.PublishException.Reason;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What every sender gets a private live stream from: with a pipeline of its own, one publisher, and nobody who watches but
 * the sender. Safe for use by any thread.
 */
public final class Mirror implements AutoCloseable {
    /** How many may send at the same time where nothing else is said. */
    public static final int DEFAULT_SESSIONS = 64;

    private static final String ADDRESS = "mirror:";

    private final String name;
    private final PipelineRecipe recipe;
    private final int maxSessions;
    private final StreamTime time;

    // Guarded by this.
    private final Set<LiveStream> sessions = new LinkedHashSet<>();
    /** Those that are over but for their last picture, which a thread still works on. */
    private final Set<LiveStream> finishing = new LinkedHashSet<>();

    private MirrorTotals past = MirrorTotals.NONE;
    private Instant since;
    private long opened;
    private boolean closed;
    private List<LiveStream> ended = List.of();

    Mirror(String name, PipelineRecipe recipe, int maxSessions, StreamTime time) {
        this.name = name;
        this.recipe = recipe;
        this.maxSessions = maxSessions;
        this.time = time;
        this.since = time.now();
    }

    /** The name by which senders find it. */
    public String name() {
        return name;
    }

    /** Opens a session whose sender chooses no processors. */
    public LiveStream open() throws PublishException {
        return open(List.of());
    }

    /**
     * Opens a session: a live stream that is in no registry. It is there for one {@link LiveStream#publish() publisher},
     * with whose end it ends; {@link LiveStream#close} ends it too. Neither waits. Where as many send as may, one that has
     * sent nothing for 5 s gives way. One that is gone counts until the work on its last picture is done.
     *
     * @param chosen processors to run after the mirror's own, of those offered to senders
     * @throws PublishException if these processors are not offered, or as many send as may
     */
    public synchronized LiveStream open(List<String> chosen) throws PublishException {
        PipelineRecipe wanted = PublisherIntake.chosen(recipe, chosen);
        whoGivesWay().ifPresent(LiveStream::close);
        LiveStream session = new LiveStream(
                name + "-" + ++opened,
                target -> new PublisherIntake(target, ADDRESS, "", wanted, target.end()),
                Pipeline.of(List.of()),
                Activation.PRIVATE,
                time,
                this::ended);
        session.use(wanted);
        if (sessions.isEmpty()) {
            since = time.now();
        }
        sessions.add(session);
        session.start();
        return session;
    }

    /**
     * Finds out whether a sender could choose these processors.
     *
     * @throws PublishException if they are not offered
     */
    public void checkChoice(List<String> chosen) throws PublishException {
        PublisherIntake.chosen(recipe, chosen);
    }

    /**
     * Finds out whether {@link #open(List)} would open a session now; another may come first.
     *
     * @throws PublishException as that does
     */
    public synchronized void checkOpen(List<String> chosen) throws PublishException {
        checkChoice(chosen);
        whoGivesWay();
    }

    /** Why nobody can watch it, and what to do instead. */
    public String unwatchable() {
        return "stream '" + name + "' answers each sender alone and cannot be watched; open /publish/" + name;
    }

    /** What can be said of all sessions together: viewers are sessions, counts and rates are summed. */
    public synchronized StreamStatus status() {
        MirrorTotals totals = past;
        double fps = 0;
        for (LiveStream session : sessions) {
            StreamStatus status = session.status();
            totals = totals.plus(status);
            fps += status.fps();
        }
        boolean live = !sessions.isEmpty();
        return new StreamStatus(
                name,
                ADDRESS,
                live ? StreamState.LIVE : StreamState.IDLE,
                live ? Optional.empty() : Optional.of("nobody sends pictures now: open /publish/" + name),
                since,
                totals.lastPicture(),
                totals.width(),
                totals.height(),
                fps,
                totals.frames(),
                sessions.size(),
                totals.dropped(),
                0,
                totals.processors(recipe.steps()),
                recipe.choices(),
                List.of());
    }

    /** Ends all sessions, without waiting. */
    @Override
    public void close() {
        List<LiveStream> ending;
        synchronized (this) {
            closed = true;
            ending = Stream.concat(sessions.stream(), finishing.stream()).toList();
            ended = ending;
        }
        ending.forEach(LiveStream::close);
    }

    /** After {@link #close}: waits for the sessions' threads, until a moment of {@link System#nanoTime}. */
    void awaitEnd(long deadlineNanos) {
        List<LiveStream> ending;
        synchronized (this) {
            ending = ended;
            ended = List.of();
        }
        ending.forEach(session -> session.awaitEnd(deadlineNanos));
    }

    /** The session that has to end for another, if one has. */
    private Optional<LiveStream> whoGivesWay() throws PublishException {
        if (closed) {
            throw new PublishException(Reason.ENDED, "stream '" + name + "' has ended");
        }
        finishing.removeIf(LiveStream::isOver);
        if (sessions.size() + finishing.size() < maxSessions) {
            return Optional.empty();
        }
        return Optional.of(sessions.stream()
                .filter(session -> session.isSilent() && session.isIdle())
                .findFirst()
                .orElseThrow(() -> new PublishException(
                        Reason.LIMIT,
                        "stream '" + name + "' answers " + maxSessions + " senders already; try again later")));
    }

    private synchronized void ended(LiveStream session) {
        if (sessions.remove(session)) {
            finishing.add(session);
            past = past.plus(session.status()).over();
            if (sessions.isEmpty()) {
                since = time.now();
            }
        }
    }
}
