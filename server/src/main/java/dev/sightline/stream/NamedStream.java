package dev.sightline.stream;

import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.stream.status.ViewerStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a name of the configuration stands for: a live stream, which is watched, or a mirror, which answers each sender
 * alone. Safe for use by any thread.
 */
public sealed interface NamedStream extends AutoCloseable permits LiveStream, Mirror {

    /** The name in its addresses. */
    String name();

    /** What can be said of it now. */
    StreamStatus status();

    /** The viewers who came first, at most so many, in the order of arrival; of a mirror, its senders. */
    List<ViewerStatus> viewers(int most);

    /** Asks a viewer's transport to end its connection, without waiting; {@code false} if there is no viewer of that id. */
    boolean disconnect(String id);

    /** Why it takes no frames from senders, in words for whoever tried; empty where it takes them. */
    Optional<String> whyNotPublishable();

    /**
     * Checks whether a sender could choose these processors; choosing none is always right.
     *
     * @throws RefusedException if it takes no frames from senders, or does not offer these processors
     */
    void checkChoice(List<String> chosen) throws RefusedException;

    /**
     * Checks whether {@link #publish} would take a sender in now; another may come first.
     *
     * @throws RefusedException as {@link #publish} does
     */
    void checkPublish(List<String> chosen) throws RefusedException;

    /**
     * Takes a sender in. It keeps its place until it is closed, or has sent nothing for 5 s and another comes.
     *
     * @param chosen processors to run after the stream's own, of those offered to senders
     * @param sender who it is
     * @throws RefusedException if it takes no frames from senders, does not offer these processors, has a publisher already,
     *     as many send to a mirror as may, or it has ended
     */
    Publisher publish(List<String> chosen, Sender sender) throws RefusedException;

    /**
     * Makes the pipeline of another recipe while frames go on; steps that stay the same keep their state. Takes as long as its
     * processors take to be made. Any thread.
     *
     * @throws dev.sightline.pipeline.ProcessorException if a processor cannot be made; nothing has changed then
     */
    PipelineChange prepare(PipelineRecipe recipe);

    /** Ends it, without waiting. */
    @Override
    void close();

    /** After {@link #close}: waits for its threads, until a moment of {@link System#nanoTime}. */
    void awaitEnd(long deadlineNanos);
}
