package dev.sightline.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream's pipeline, and the one that replaces it between two frames. {@link #renew} and {@link #close} are for the stream's
 * thread, everything else for any.
 */
final class PipelineSlot implements AutoCloseable {
    private final String stream;
    private final LongSupplier nanoTime;

    /** Written under the lock by the stream's thread. */
    private volatile Pipeline current;

    /** Written under the lock; most frames find none, and need no lock. */
    private volatile @Nullable NextPipeline next;

    /** The generation of the source for whose frames it becomes the current one. */
    @GuardedBy("this")
    private long nextGeneration;

    /** Frees what was made and never ran; not under a lock, and not on an event loop. */
    private final Queue<Runnable> unused = new ConcurrentLinkedQueue<>();

    @GuardedBy("this")
    private boolean closed;

    PipelineSlot(String stream, Pipeline first, LongSupplier nanoTime) {
        this.stream = stream;
        this.current = first;
        this.nanoTime = nanoTime;
    }

    /** The pipeline of the frames now. */
    Pipeline current() {
        return current;
    }

    /**
     * Makes the pipeline of another recipe while frames go on; steps that stay the same are taken over.
     *
     * @param onRunning is called by the stream's thread when the pipeline runs
     * @throws ProcessorException if a processor cannot be made
     */
    PreparedPipeline prepare(PipelineRecipe recipe, Runnable onRunning) {
        Pipeline base = latest();
        return new PreparedPipeline(base, recipe.renew(stream, base), onRunning);
    }

    /**
     * Sets a prepared pipeline from the next frame on. One that it replaces waits for {@link #freeUnused}.
     *
     * @param generation of the source whose frames it is for, and of later ones; frames of an earlier one still run the present one
     * @return false if another came first, or the stream has ended: then it is the caller's to discard
     */
    synchronized boolean use(PreparedPipeline prepared, long generation) {
        if (closed || next instanceof WantedPipeline || latest() != prepared.base()) {
            return false;
        }
        replace(prepared, prepared.made(), generation);
        return true;
    }

    /**
     * Sets a pipeline from the next frame on that the stream's thread makes, since loading processors takes time. Frames that
     * come meanwhile are dropped, and none is shown without it. The status names its steps at once.
     */
    void use(PipelineRecipe recipe) {
        use(recipe, 0);
    }

    /** The same from the frames of a generation on. */
    synchronized void use(PipelineRecipe recipe, long generation) {
        replace(new WantedPipeline(recipe, nanoTime), current, generation);
    }

    /** The present pipeline's steps are for the stream's thread to close, even if it runs another when the next one is freed. */
    @GuardedBy("this")
    private void replace(NextPipeline other, Pipeline heir, long generation) {
        if (next instanceof PreparedPipeline past) {
            Pipeline present = current;
            unused.add(() -> past.made().closeAllBut(heir, present));
        }
        next = other;
        nextGeneration = generation;
    }

    /** Whether there is something to free. */
    boolean hasUnused() {
        return !unused.isEmpty();
    }

    /** Frees what was made in vain, which runs the code of processors: for a thread that holds no lock and may wait. */
    void freeUnused() {
        for (Runnable each = unused.poll(); each != null; each = unused.poll()) {
            each.run();
        }
    }

    /**
     * Before each frame: the next pipeline becomes the current one, if there is one for its generation.
     *
     * @param generation of the frame
     * @throws ProcessorException if it cannot be made; the frame must not be shown
     */
    void renew(long generation) {
        if (next == null) {
            return;
        }
        try {
            for (NextPipeline wanted = due(generation); wanted != null; wanted = due(generation)) {
                Pipeline made = wanted.create(stream, current);
                if (!succeed(wanted, made) && wanted instanceof WantedPipeline) {
                    made.closeAllBut(current);
                }
            }
            freeUnused();
        } finally {
            // A processor that interrupts its own thread would end the stream.
            Thread.interrupted();
        }
    }

    private synchronized @Nullable NextPipeline due(long generation) {
        return generation >= nextGeneration ? next : null;
    }

    /** False if another is next by now; it stays next until it could be made. */
    private boolean succeed(NextPipeline wanted, Pipeline made) {
        Pipeline past;
        synchronized (this) {
            if (next != wanted) {
                return false;
            }
            past = current;
            current = made;
            next = null;
        }
        made.inherit(past);
        past.closeAllBut(made);
        if (wanted instanceof PreparedPipeline prepared) {
            prepared.onRunning().run();
        }
        return true;
    }

    /** The status of each step of the pipeline, or of the next one if it comes with the next frame. */
    List<ProcessorStatus> statuses() {
        NextPipeline coming = next;
        return coming == null ? current.statuses() : coming.statuses();
    }

    /** Why no frame leaves the pipeline although frames come, for people; empty if the pipeline is not the reason. */
    Optional<String> standstill() {
        return next instanceof WantedPipeline wanted ? wanted.standstill() : current.standstill();
    }

    @Override
    public void close() {
        NextPipeline last;
        synchronized (this) {
            closed = true;
            last = next;
            next = null;
        }
        current.close();
        if (last instanceof PreparedPipeline prepared) {
            prepared.made().closeAllBut(current);
        }
        freeUnused();
    }

    private synchronized Pipeline latest() {
        return next instanceof PreparedPipeline prepared ? prepared.made() : current;
    }
}
