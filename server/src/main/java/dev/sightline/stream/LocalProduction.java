package dev.sightline.stream;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.h264.SequenceParameters;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorStatus;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.status.StreamState;
import dev.sightline.stream.status.StreamStatus;
import dev.sightline.worker.WorkNotes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a stream's frames in this process: an intake fills the slot, the stream's own thread does the rest. */
final class LocalProduction implements Production {
    private final Outlet outlet;
    private final WorkNotes notes;
    private final StreamStateTracker signal;
    private final Demand demand;
    private final PictureSlot slot = new PictureSlot();
    private final IntakeSlot intake;
    private final Passthrough passthrough;
    private final PictureLoop pictures;
    private final Thread thread;

    /**
     * Creates one that is not started.
     *
     * @param intake brings the frames
     * @param pipeline runs on the stream's thread, which closes it
     * @param onDemand whether the source is open only while somebody watches
     * @param notes of work that may crash or hang
     */
    LocalProduction(
            Outlet outlet,
            Function<Intake.Target, Intake> intake,
            Pipeline pipeline,
            boolean onDemand,
            WorkNotes notes) {
        this.outlet = outlet;
        this.notes = notes;
        var clock = outlet.numbering().clock();
        this.demand = new Demand(onDemand, clock::nanos);
        this.signal = new StreamStateTracker(clock, outlet.onChange());
        Intake.Target target =
                new Intake.Target(outlet.name(), outlet.numbering(), slot, signal, demand, outlet.end(), notes);
        this.intake = new IntakeSlot(target, intake, IntakeSlot.Kinds.LOCAL);
        this.passthrough = new Passthrough(() -> !this.intake.isPublishable());
        this.pictures = new PictureLoop(
                target, this.intake::current, pipeline, outlet.renditions(), passthrough, outlet.timeline());
        this.thread = Threads.daemon(pictures, outlet.name() + "-stream");
    }

    @Override
    public void start() {
        intake.start();
        thread.start();
    }

    @Override
    public void stop(boolean unstarted) {
        demand.stop();
        intake.current().stop();
        slot.close();
        if (unstarted) {
            pictures.close();
        }
    }

    @Override
    public Optional<String> awaitEnd(long deadlineNanos) {
        intake.current().awaitEnd(deadlineNanos);
        return Threads.join(thread, deadlineNanos)
                ? Optional.empty()
                : Optional.of(standstill().orElse("it did not end in time"));
    }

    @Override
    public boolean isOver() {
        return !thread.isAlive();
    }

    @Override
    public boolean isIdle() {
        return slot.isIdle();
    }

    @Override
    public void check() {
        signal.check(standstill());
        intake.current().check();
        pictures.inputs().expire();
    }

    /** Why no frame leaves the pipeline although frames come, for people; empty if the pipeline is not the reason. */
    private Optional<String> standstill() {
        return pictures.pipelines().standstill();
    }

    @Override
    public IntakeSlot intake() {
        return intake;
    }

    @Override
    public StreamSignal signal() {
        return signal;
    }

    @Override
    public boolean makesSlates() {
        return true;
    }

    @Override
    public StreamStatus status() {
        Renditions renditions = outlet.renditions();
        return new StreamStatus(
                outlet.name(),
                signal.status(intake.current().address()),
                pictures.status(),
                renditions.viewers(),
                new StreamStatus.Dropped(
                        slot.dropped() + pictures.outrun(),
                        renditions.droppedByEncoders(),
                        renditions.droppedByViewers(),
                        pictures.broken() + intake.current().damaged(),
                        pictures.withheld()),
                signal.retries(),
                pictures.processing(processors()),
                renditions.tracks().stream().map(RenditionTrack::status).toList());
    }

    @Override
    public List<ProcessorStatus> processors() {
        return intake.current().told(pictures.pipelines().statuses());
    }

    @Override
    public Optional<SequenceParameters> passthrough() {
        return passthrough.parameters();
    }

    /** Frames from before a signal loss are not shown again. */
    @Override
    public List<EncodedFrame> gop(Rendition rendition) {
        return signal.state() == StreamState.LIVE ? passthrough.gop(rendition) : List.of();
    }

    @Override
    public boolean isOfPast(long seq) {
        return signal.isOfPast(seq);
    }

    @Override
    public WorkNotes notes() {
        return notes;
    }

    @Override
    public void input(ViewerInput input) throws RefusedException {
        pictures.inputs().add(input);
    }

    @Override
    public boolean takesInput() {
        return !pictures.inputs().names().isEmpty();
    }

    @Override
    public LastPicture lastPicture() {
        return pictures.last();
    }

    @Override
    public void use(PipelineRecipe recipe) {
        intake.current().adopt(recipe, pictures.pipelines()::use);
    }

    @Override
    public PipelineChange prepare(PipelineRecipe recipe) {
        return new PreparedChange(intake, slot, pictures.pipelines(), recipe);
    }

    @Override
    public Publisher publish(LiveStream stream, List<String> chosen, Sender sender) throws RefusedException {
        return intake.publishers()
                .publish(stream, chosen, sender, recipe -> pictures.pipelines().use(recipe, slot.generation()));
    }

    @Override
    public void onDemand(boolean whileWatched) {
        demand.onDemand(whileWatched);
    }

    @Override
    public void joined() {
        demand.joined();
    }

    @Override
    public void left() {
        demand.left();
    }
}
