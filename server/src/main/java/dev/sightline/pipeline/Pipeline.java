package dev.sightline.pipeline;

import dev.sightline.config.Culprit;
import dev.sightline.config.RecordWriter;
import dev.sightline.config.Redaction;
import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The processors of one stream in order. {@link #process} and {@link #close} are for the stream's thread; any thread may read
 * {@link #statuses}.
 */
public final class Pipeline implements AutoCloseable {
    private final List<Step> steps;
    private final boolean changesPicture;
    private final FrameBackup backup = new FrameBackup();

    private Pipeline(List<Step> steps) {
        this.steps = steps;
        this.changesPicture = steps.stream().anyMatch(Step::changesPicture);
    }

    /** Creates a pipeline with new instances of the given processors, without a stream. */
    public static Pipeline of(List<NamedProcessor> processors) {
        return of("", processors, System::nanoTime);
    }

    /**
     * Creates it for a stream, whose name precedes each step's in the log.
     *
     * @throws ProcessorException if a processor cannot be made; it says which
     */
    public static Pipeline of(String stream, List<NamedProcessor> processors) {
        return of("stream '" + stream + "': ", processors, System::nanoTime);
    }

    /** Creates it with the clock for failures and times. */
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

    /** Whether there are no steps. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether any step may change the frame; if not, the source's encoded frames can pass through. */
    public boolean changesPicture() {
        return changesPicture;
    }

    /** The best layout to decode frames for the first step. */
    public PixelFormat input() {
        return steps.isEmpty() ? PixelFormat.BGR : steps.get(0).input(PixelFormat.BGR);
    }

    /**
     * Runs every step on the frame; no failure of a step escapes.
     *
     * @return whether the frame may be shown: not if a required step failed or is off, or if a step broke a frame that it only
     *     looks at
     */
    public boolean process(Frame frame) {
        for (Step step : steps) {
            if (!step.process(frame, backup)) {
                return false;
            }
        }
        return true;
    }

    /** Why no frame comes out now although some go in, for people; empty if nothing delays them. */
    public Optional<String> standstill() {
        // A withholding step comes first: those before it may be busy with a frame by chance.
        return told(Step::refusal).or(() -> told(Step::delay));
    }

    private Optional<String> told(Function<Step, Optional<String>> question) {
        return steps.stream().map(question).flatMap(Optional::stream).findFirst();
    }

    /** The status of each step, in order. */
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
     * @param redaction of its parameters, for its messages
     */
    public record NamedProcessor(String name, Supplier<? extends FrameProcessor> supplier, Redaction redaction) {

        /** A processor without secrets. */
        public NamedProcessor(String name, Supplier<? extends FrameProcessor> supplier) {
            this(name, supplier, new Redaction());
        }

        /**
         * Whether the other makes the same: both by the same factory with equal parameters, or both, made by code, by the same
         * supplier.
         */
        public boolean sameAs(NamedProcessor other) {
            boolean same = supplier instanceof ConfiguredProcessor<?> mine
                    ? other.supplier instanceof ConfiguredProcessor<?> its && mine.sameAs(its)
                    : supplier == other.supplier;
            return same && name.equals(other.name);
        }

        /**
         * Every parameter as a JSON-like value, with the names of values that may be secret in their places; empty if it was
         * made by code.
         */
        public Map<String, Object> parameters() {
            return supplier instanceof ConfiguredProcessor<?> mine
                    ? redaction.apply(RecordWriter.all(mine.parameters()))
                    : Map.of();
        }

        /** Its exception in one line. */
        String described(Throwable failure) {
            return Culprit.describe(failure, Step.class, redaction);
        }
    }
}
