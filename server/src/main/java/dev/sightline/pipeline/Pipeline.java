package dev.sightline.pipeline;

import dev.sightline.config.Culprit;
import dev.sightline.config.RecordWriter;
import dev.sightline.config.Redaction;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.FrameBackup;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.ViewerInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
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
        return of(label(stream), processors, System::nanoTime);
    }

    private static String label(String stream) {
        return "stream '" + stream + "': ";
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

    /**
     * The pipeline of other processors for the same stream. It takes over the steps that stay the same, with their state, and
     * makes the others. Any thread; this pipeline may run meanwhile.
     *
     * @throws ProcessorException if a processor cannot be made; it says which
     */
    Pipeline renewed(String stream, List<NamedProcessor> processors) {
        List<Step> left = new ArrayList<>(steps);
        List<Step> next = new ArrayList<>();
        List<Step> made = new ArrayList<>();
        try {
            for (NamedProcessor processor : processors) {
                Optional<Step> same =
                        left.stream().filter(step -> step.isMadeFrom(processor)).findFirst();
                same.ifPresent(left::remove);
                Step step = same.orElseGet(() -> Step.of(processor, label(stream), System::nanoTime));
                next.add(step);
                if (same.isEmpty()) {
                    made.add(step);
                }
            }
        } catch (ProcessorException e) {
            made.forEach(Step::close);
            throw e;
        }
        return new Pipeline(List.copyOf(next));
    }

    /**
     * Gives each new step the state of the step that it replaces: the first of the same name that it did not take over. On the
     * stream's thread, between two frames.
     */
    public void inherit(Pipeline past) {
        List<Step> replaced = new ArrayList<>(past.steps);
        replaced.removeAll(steps);
        for (Step step : steps) {
            Optional<Step> before = past.steps.contains(step)
                    ? Optional.empty()
                    : replaced.stream().filter(step::isNamedAs).findFirst();
            before.ifPresent(replaced::remove);
            before.ifPresent(step::inherit);
        }
    }

    /** Frees what the others did not take over. */
    public void closeAllBut(Pipeline... others) {
        steps.stream()
                .filter(step -> Arrays.stream(others).noneMatch(other -> other.steps.contains(step)))
                .forEach(Step::close);
        backup.close();
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
        return process(frame, Optional.empty());
    }

    /**
     * The same.
     *
     * @param image the single image that the frame was decoded from, if there is one: for steps that need the frame later, it
     *     replaces a copy
     */
    public boolean process(Frame frame, Optional<EncodedFrame> image) {
        Optional<EncodedFrame> unchanged = image;
        for (Step step : steps) {
            if (!step.process(frame, unchanged, backup)) {
                return false;
            }
            unchanged = step.changesPicture() ? Optional.empty() : unchanged;
        }
        return true;
    }

    /** The names of the inputs that steps take from viewers, in order; any thread. */
    public SortedSet<String> inputs() {
        SortedSet<String> names = new TreeSet<>();
        steps.forEach(step -> names.addAll(step.inputs()));
        return names;
    }

    /**
     * Hands a viewer's input to each step that takes it, with the frame it names if the step still has it. On the stream's
     * thread, between two frames; no failure of a step escapes.
     *
     * @param decoder makes a frame of a single image, in a layout
     */
    public void input(ViewerInput input, BiFunction<EncodedFrame, PixelFormat, Frame> decoder) {
        steps.forEach(step -> step.input(input, decoder));
    }

    /** Frees the frames that steps keep for viewers' inputs, if they are older than 2 s; any thread. */
    public void expire() {
        steps.forEach(Step::expire);
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
        closeAllBut();
    }

    /**
     * A processor still to be made.
     *
     * @param name for status and messages
     * @param supplier makes one instance for each pipeline
     * @param redaction of its parameters, for its messages
     * @param enabled whether it is to run; if not, only its place and parameters are known
     */
    public record NamedProcessor(
            String name, Supplier<? extends FrameProcessor> supplier, Redaction redaction, boolean enabled) {

        /** An enabled processor without secrets. */
        public NamedProcessor(String name, Supplier<? extends FrameProcessor> supplier) {
            this(name, supplier, new Redaction(), true);
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
