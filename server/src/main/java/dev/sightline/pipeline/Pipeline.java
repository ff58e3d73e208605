package dev.sightline.pipeline;

import dev.sightline.config.Culprit;
import dev.sightline.config.Redaction;
import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Processors in order, as one stream runs them. {@link #process} and {@link #close} are for the stream's thread;
 * {@link #statuses} may be read by any.
 */
public final class Pipeline implements AutoCloseable {
    private final List<Step> steps;
    private final boolean changesPicture;
    private final FrameBackup backup = new FrameBackup();

    private Pipeline(List<Step> steps) {
        this.steps = steps;
        this.changesPicture = steps.stream().anyMatch(Step::changesPicture);
    }

    /** A pipeline of new instances of the given processors, of no stream in particular. */
    public static Pipeline of(List<NamedProcessor> processors) {
        return of("", processors, System::nanoTime);
    }

    /**
     * The same for a stream, by whose name the log calls each step.
     *
     * @throws ProcessorException if one of them cannot be made; it says which
     */
    public static Pipeline of(String stream, List<NamedProcessor> processors) {
        return of("stream '" + stream + "': ", processors, System::nanoTime);
    }

    /** The same, with the clock by which failures and times are told. */
    static Pipeline of(String label, List<NamedProcessor> processors, LongSupplier nanoTime) {
        List<Step> steps = new ArrayList<>();
        try {
            for (NamedProcessor processor : processors) {
                steps.add(Step.of(processor, label, nanoTime));
            }
        } catch (ProcessorException e) {
            steps.forEach(Step::close);
            throw e;
        }
        return new Pipeline(List.copyOf(steps));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether any step may change the picture; if not, the source's encoded pictures can be passed through. */
    public boolean changesPicture() {
        return changesPicture;
    }

    /** The layout into which pictures are best decoded for the first step. */
    public PixelFormat input() {
        return steps.isEmpty() ? PixelFormat.BGR : steps.get(0).input(PixelFormat.BGR);
    }

    /**
     * Runs every step on the frame; no failure of a step escapes.
     *
     * @return whether the frame may be shown: not where a step without which no picture passes failed or is off, or where a
     *     step broke a picture that it only looks at
     */
    public boolean process(Frame frame) {
        for (Step step : steps) {
            if (!step.process(frame, backup)) {
                return false;
            }
        }
        return true;
    }

    /** Why no picture comes out now though some go in, for people; empty where nothing holds them up. */
    public Optional<String> standstill() {
        // A step that withholds comes first: those before it may be busy with a picture by chance.
        return told(Step::refusal).or(() -> told(Step::delay));
    }

    private Optional<String> told(Function<Step, Optional<String>> question) {
        return steps.stream().map(question).flatMap(Optional::stream).findFirst();
    }

    /** How each step is doing, in order. */
    public List<ProcessorStatus> statuses() {
        return steps.stream().map(Step::status).toList();
    }

    @Override
    public void close() {
        steps.forEach(Step::close);
        backup.close();
    }

    /**
     * A processor still to be made.
     *
     * @param name for status and messages
     * @param supplier makes one instance for each pipeline
     * @param redaction of what it was told and may tell
     */
    public record NamedProcessor(String name, Supplier<? extends FrameProcessor> supplier, Redaction redaction) {

        /** One that was told nothing secret. */
        public NamedProcessor(String name, Supplier<? extends FrameProcessor> supplier) {
            this(name, supplier, new Redaction());
        }

        /** What it threw, in one line. */
        String described(Throwable failure) {
            return Culprit.describe(failure, Step.class, redaction);
        }
    }
}
