package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.source.Numbering;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.ViewerStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Opens a private live stream for each sender: with its own pipeline, one publisher, and the sender as its only viewer. Safe
 * for use by any thread.
 */
public final class Mirror implements NamedStream {
    /** The default limit of senders at the same time. */
    public static final int DEFAULT_SESSIONS = 64;

    static final String ADDRESS = "mirror:";
    /** Stands in no stream's name, so that no session is called as one. */
    private static final String SESSION = "~";

    private final String name;
    private final StreamTime time;
    private final SenderSessions place;

    @GuardedBy("this")
    private PipelineRecipe recipe;

    @GuardedBy("this")
    private int maxSessions;

    @GuardedBy("this")
    private final Map<LiveStream, List<String>> sessions = new LinkedHashMap<>();
    /** Sessions that have ended, while a thread still works on their last frame. */
    @GuardedBy("this")
    private final Set<LiveStream> finishing = new LinkedHashSet<>();

    @GuardedBy("this")
    private MirrorTotals past = MirrorTotals.NONE;

    @GuardedBy("this")
    private Instant since;

    @GuardedBy("this")
    private long opened;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private List<LiveStream> ended = List.of();

    Mirror(String name, PipelineRecipe recipe, int maxSessions, StreamTime time, SenderSessions place) {
        this.name = name;
        this.place = place;
        this.recipe = recipe;
        this.maxSessions = maxSessions;
        this.time = time;
        this.since = time.now();
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Opens a session for a sender: a live stream that is in no registry, and ends with its publisher. Where as many send as
     * may, one that has sent nothing for 5 s gives way. One that is gone counts until the work on its last picture is done.
     */
    @Override
    public Publisher publish(List<String> chosen, Sender sender) throws RefusedException {
        return open(chosen).publish(List.of(), sender);
    }

    private synchronized LiveStream open(List<String> chosen) throws RefusedException {
        PipelineRecipe wanted = ChosenSteps.of(recipe, chosen);
        whoGivesWay().ifPresent(LiveStream::close);
        return started(name + SESSION + ++opened, wanted, chosen, 0);
    }

    /**
     * Opens a session that a mirror in another process has, and limits; this one only counts those whose last frame is not done
     * yet.
     *
     * @param session its name
     * @param chosen the processors that the sender chose; those that are no longer offered are left out
     * @param after the last number that was used for its frames
     * @throws RefusedException if there are twice as many as may send
     */
    public synchronized LiveStream openSession(String session, List<String> chosen, long after)
            throws RefusedException {
        requireOpen();
        if (sessions.size() + finishing.size() >= 2 * maxSessions) {
            throw full();
        }
        List<String> offered = recipe.offered(chosen);
        return started(session, recipe.choose(offered), offered, after);
    }

    @GuardedBy("this")
    private LiveStream started(String session, PipelineRecipe wanted, List<String> chosen, long after) {
        LiveStream made = new LiveStream(
                session,
                true,
                time,
                new Numbering(time.clock(), after),
                new StreamListener() {
                    @Override
                    public void closed(LiveStream stream) {
                        ended(stream);
                    }
                },
                outlet -> place.production(outlet, wanted, chosen));
        made.use(wanted);
        if (sessions.isEmpty()) {
            since = time.now();
        }
        sessions.put(made, List.copyOf(chosen));
        made.start();
        return made;
    }

    @Override
    public Optional<String> whyNotPublishable() {
        return Optional.empty();
    }

    @Override
    public synchronized void checkChoice(List<String> chosen) throws RefusedException {
        ChosenSteps.of(recipe, chosen);
    }

    @Override
    public synchronized void checkPublish(List<String> chosen) throws RefusedException {
        checkChoice(chosen);
        whoGivesWay();
    }

    /** Why nobody can watch a mirror, and what to do instead. */
    String unwatchable() {
        return "stream '" + name + "' answers each sender alone and cannot be watched; open /publish/" + name;
    }

    /** Limits the number of senders from now on, at least 1; present ones stay. */
    public synchronized void limitSenders(int most) {
        maxSessions = most;
    }

    /** Makes one pipeline to see that it can be made; each sender's own is made by its session, and none is shown without it. */
    @Override
    public PipelineChange prepare(PipelineRecipe other) {
        place.attempt(other);
        return new PipelineChange() {
            @Override
            public CompletionStage<Void> commit(boolean ofNextSource) {
                adopt(other);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void discard() {
                // The trial is closed already.
            }
        };
    }

    private synchronized void adopt(PipelineRecipe other) {
        recipe = other;
        past = past.changed();
        sessions.replaceAll((session, chosen) -> other.offered(chosen));
        sessions.forEach((session, chosen) -> session.use(other.choose(chosen)));
    }

    /** All sessions together: viewers are sessions, counts and rates are summed. */
    @Override
    public synchronized StreamStatus status() {
        MirrorTotals totals = past;
        double fps = 0;
        for (LiveStream session : sessions.keySet()) {
            StreamStatus status = session.status();
            totals = totals.plus(status);
            fps += status.pictures().fps();
        }
        boolean live = !sessions.isEmpty();
        StreamStatus.Signal signal = new StreamStatus.Signal(
                ADDRESS,
                live ? StreamState.LIVE : StreamState.IDLE,
                live ? Optional.empty() : Optional.of("nobody sends pictures now: open /publish/" + name),
                since,
                totals.lastPicture());
        return new StreamStatus(
                name,
                place.place().map(signal::in).orElse(signal),
                new StreamStatus.Pictures(totals.width(), totals.height(), fps, totals.frames(), totals.latency()),
                sessions.size(),
                totals.dropped(),
                0,
                new StreamStatus.Processing(
                        totals.processors(recipe.steps()),
                        recipe.choices(),
                        true,
                        List.copyOf(totals.inputs().names()),
                        totals.inputs().dropped()),
                List.of());
    }

    @Override
    public List<ViewerStatus> viewers(int most) {
        return open().stream()
                .flatMap(session -> session.viewers(most).stream())
                .limit(most)
                .toList();
    }

    @Override
    public boolean disconnect(String id) {
        return open().stream().anyMatch(session -> session.disconnect(id));
    }

    private synchronized List<LiveStream> open() {
        return List.copyOf(sessions.keySet());
    }

    /** Ends all sessions, without waiting. */
    @Override
    public void close() {
        List<LiveStream> ending;
        synchronized (this) {
            closed = true;
            ending = Stream.concat(sessions.keySet().stream(), finishing.stream())
                    .toList();
            ended = ending;
        }
        ending.forEach(LiveStream::close);
        place.close();
    }

    @Override
    public void awaitEnd(long deadlineNanos) {
        List<LiveStream> ending;
        synchronized (this) {
            ending = ended;
            ended = List.of();
        }
        ending.forEach(session -> session.awaitEnd(deadlineNanos));
    }

    /** The session that must end for a new one, if any. */
    @GuardedBy("this")
    private Optional<LiveStream> whoGivesWay() throws RefusedException {
        requireOpen();
        if (sessions.size() + finishing.size() < maxSessions) {
            return Optional.empty();
        }
        return Optional.of(sessions.keySet().stream()
                .filter(session -> session.isSilent() && session.isIdle())
                .findFirst()
                .orElseThrow(this::full));
    }

    @GuardedBy("this")
    private void requireOpen() throws RefusedException {
        if (closed) {
            throw new RefusedException(Reason.ENDED, "stream '" + name + "' has ended");
        }
        finishing.removeIf(LiveStream::isOver);
    }

    private synchronized RefusedException full() {
        return new RefusedException(
                Reason.LIMIT, "stream '" + name + "' answers " + maxSessions + " senders already; try again later");
    }

    private synchronized void ended(LiveStream session) {
        if (sessions.remove(session) != null) {
            finishing.add(session);
            past = past.plus(session.status()).over();
            if (sessions.isEmpty()) {
                since = time.now();
            }
        }
    }
}
