package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.Frame;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.pipeline.PipelineRecipe;
import dev.sightline.pipeline.ProcessorException;
import dev.sightline.pipeline.ProcessorStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PipelineSlotTest {
    private static final int CHANGES = 4_000;

    private final Probe.Maker a = new Probe.Maker("a");
    private final Probe.Maker b = new Probe.Maker("b");
    private final Probe.Maker c = new Probe.Maker("c");
    private final AtomicInteger running = new AtomicInteger();
    private final PipelineSlot slot = new PipelineSlot("cam", recipe(a).create("cam"), System::nanoTime);

    @Test
    void use_prepared_runsFromTheNextFrameOn_andSaysSoOnce() {
        PreparedPipeline prepared = prepare(b);
        assertThat(names()).containsExactly("a");
        assertThat(slot.use(prepared, 0)).isTrue();
        assertThat(names()).as("as it will be").containsExactly("b");
        assertThat(running).hasValue(0);

        frame();
        frame();
        assertThat(running).hasValue(1);
        assertThat(b.only().frames).isEqualTo(2);
        assertThat(a.only().frames).isZero();
        assertThat(a.only().closed).hasValue(1);
    }

    @Test
    void use_preparedWithTheSameSteps_takesTheInstancesOver_andClosesEachOnceAtTheEnd() {
        frame();
        slot.use(prepare(b, a), 0);
        frame();
        slot.use(prepare(a), 0);
        frame();

        assertThat(a.only().frames).isEqualTo(3);
        assertThat(a.only().closed).hasValue(0);
        assertThat(b.only().closed).hasValue(1);
        slot.close();
        assertClosedOnce(a, b);
    }

    @Test
    void use_sameStepTwice_isTwoInstances() {
        slot.use(prepare(a, a), 0);
        frame();
        assertThat(a.made)
                .hasSize(2)
                .allSatisfy(probe -> assertThat(probe.frames).isEqualTo(1));

        slot.use(prepare(a), 0);
        frame();
        assertThat(a.made).extracting(probe -> probe.closed.get()).containsExactly(0, 1);
        slot.close();
        assertClosedOnce(a);
    }

    @Test
    void use_preparedBeforeAnotherRan_frees_whatNeitherNeeds() {
        slot.use(prepare(a, b), 0);
        slot.use(prepare(b, c), 0);
        assertThat(b.only().closed).as("the second took it over").hasValue(0);
        slot.use(prepare(c), 0);
        slot.freeUnused();
        assertThat(b.only().closed).hasValue(1);

        frame();
        assertThat(running).as("only the last ever ran").hasValue(1);
        assertThat(c.only().frames).isEqualTo(1);
        slot.close();
        assertClosedOnce(a, b, c);
    }

    @Test
    void use_preparedForAPipelineThatRunsNoMore_isRefused() {
        PreparedPipeline late = prepare(a, c);
        slot.use(prepare(b), 0);
        assertThat(slot.use(late, 0)).as("another is next").isFalse();
        frame();
        assertThat(slot.use(late, 0)).as("another runs").isFalse();

        late.discard();
        assertThat(c.only().closed).hasValue(1);
        assertThat(names()).containsExactly("b");
        slot.close();
        assertClosedOnce(a, b, c);
        assertThat(running).hasValue(1);
    }

    @Test
    void use_senderChoseMeanwhile_refusesWhatWasPrepared() {
        PreparedPipeline prepared = prepare(a, b);
        slot.use(recipe(a, c));
        assertThat(slot.use(prepared, 0)).isFalse();
        prepared.discard();

        frame();
        assertThat(names()).containsExactly("a", "c");
        assertThat(b.only().closed).hasValue(1);
        assertThat(a.only().frames).isEqualTo(1);
        assertThat(running).hasValue(0);
    }

    @Test
    void use_senderChoosesBeforeThePreparedRan_closesNothingOnTheSendersThread() {
        slot.use(prepare(a, b), 0);
        slot.use(recipe(a, c));
        assertThat(b.only().closed)
                .as("closing may take long, and an event loop must not wait")
                .hasValue(0);

        frame();
        assertThat(b.only().closed).hasValue(1);
        assertThat(names()).containsExactly("a", "c");
        assertThat(running).hasValue(0);
    }

    @Test
    void discard_closesOnlyWhatItMade() {
        prepare(a, b).discard();
        assertThat(b.only().closed).hasValue(1);
        assertThat(a.only().closed).hasValue(0);
    }

    @Test
    void close_withAPreparedOne_closesBoth_andRefusesWhatComesLater() {
        PreparedPipeline late = prepare(a, c);
        slot.use(prepare(a, b), 0);
        slot.close();
        assertClosedOnce(a, b);

        assertThat(slot.use(late, 0)).isFalse();
        late.discard();
        assertClosedOnce(a, b, c);
        assertThat(running).hasValue(0);
    }

    @Test
    void close_withWhatNeverRan_freesItToo() {
        slot.use(prepare(b), 0);
        slot.use(recipe(c));
        slot.close();
        assertClosedOnce(a, b);
        assertThat(c.made).isEmpty();
    }

    @Test
    void prepare_thatFails_leavesNothingBehind() {
        NamedProcessor faulty = new NamedProcessor("faulty", () -> {
            throw new IllegalStateException("no model");
        });
        assertThatThrownBy(() -> slot.prepare(PipelineRecipe.of(List.of(a.named(), b.named(), faulty)), () -> {}))
                .isInstanceOf(ProcessorException.class)
                .hasMessageContaining("no model");
        assertThat(b.only().closed).hasValue(1);
        assertThat(a.only().closed).hasValue(0);
    }

    @Test
    void renew_otherInstanceOfTheSameName_getsTheState() {
        Probe.Maker other = new Probe.Maker("a");
        frame();
        frame();
        slot.use(prepare(b, other), 0);
        frame();
        assertThat(other.only().frames).isEqualTo(3);
        assertThat(b.only().frames).as("another name").isEqualTo(1);
    }

    @Test
    void freeUnused_whileTheStateIsHandedOver_doesNotCloseItsOwner() {
        Probe.Maker other = new Probe.Maker("a");
        frame();
        slot.use(prepare(a, b), 0);
        slot.use(prepare(other), 0);
        a.only().onSave = slot::freeUnused;
        frame();
        assertThat(b.only().closed).hasValue(1);
        assertThat(a.only().usedAfterClose).isFalse();
        assertThat(other.only().frames).isEqualTo(2);
    }

    @Test
    void renew_stateThatCannotBeSaved_startsWithoutIt() {
        Probe.Maker other = new Probe.Maker("a");
        frame();
        a.only().keepsItsState = true;
        slot.use(prepare(other), 0);
        frame();
        assertThat(other.only().frames).isEqualTo(1);
        assertThat(a.only().closed).hasValue(1);
    }

    @Test
    void use_forAnotherOrigin_leavesFramesBeforeItToThePresentOne() {
        slot.use(prepare(b), 1);
        frame();
        assertThat(a.only().frames).isEqualTo(1);
        assertThat(b.only().frames).isZero();
        assertThat(running).hasValue(0);

        slot.renew(1);
        assertThat(slot.current().statuses()).extracting(ProcessorStatus::name).containsExactly("b");
        assertThat(running).hasValue(1);
    }

    @Test
    void renew_processorThatInterruptsItsThread_doesNotEndTheStream() {
        a.only().interrupts = true;
        slot.use(prepare(b), 0);
        slot.renew(0);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** One thread runs frames, another changes the pipeline in all ways. */
    @Test
    void changes_byAnotherThreadWhileFramesRun_closeEachInstanceOnce_andUseNoneAfterwards() throws Exception {
        Random random = new Random(20_251);
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread stream = new Thread(() -> {
            while (!over.get()) {
                frame();
            }
            slot.close();
        });
        stream.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
        stream.start();
        List<Probe.Maker> all = new ArrayList<>(List.of(a, b, c));
        int committed = 0;
        for (int i = 0; i < CHANGES; i++) {
            committed += change(random, all);
        }
        over.set(true);
        stream.join();
        change(random, all);
        change(random, all);

        assertThat(failure.get()).isNull();
        assertThat(committed).isPositive();
        assertThat(running.get()).isBetween(1, committed);
        assertClosedOnce(all.toArray(Probe.Maker[]::new));
        assertThat(all.stream().flatMap(maker -> maker.made.stream()).filter(probe -> probe.usedAfterClose))
                .isEmpty();
    }

    /** Prepares a few pipelines at once; uses or discards them, or lets a sender choose before. */
    private int change(Random random, List<Probe.Maker> all) {
        List<PreparedPipeline> prepared = new ArrayList<>();
        int used = 0;
        for (int i = random.nextInt(3); i >= 0; i--) {
            prepared.add(prepare(some(random, all)));
            if (random.nextInt(6) == 0) {
                slot.use(recipe(some(random, all)));
            }
            PreparedPipeline next = prepared.remove(random.nextInt(prepared.size()));
            if (random.nextInt(5) > 0 && slot.use(next, 0)) {
                used++;
            } else {
                next.discard();
            }
            if (random.nextBoolean()) {
                slot.freeUnused();
            }
        }
        prepared.forEach(PreparedPipeline::discard);
        return used;
    }

    /** Mostly the same ones, which are taken over; now and then other code of the same name. */
    private static Probe.Maker[] some(Random random, List<Probe.Maker> all) {
        if (random.nextInt(4) == 0) {
            all.add(new Probe.Maker(List.of("a", "b", "c").get(random.nextInt(3))));
        }
        int newest = all.size();
        return Stream.generate(() -> all.get(newest - 1 - random.nextInt(3)))
                .limit(random.nextInt(4))
                .toArray(Probe.Maker[]::new);
    }

    private static PipelineRecipe recipe(Probe.Maker... steps) {
        return PipelineRecipe.of(Arrays.stream(steps).map(Probe.Maker::named).toList());
    }

    private PreparedPipeline prepare(Probe.Maker... steps) {
        return slot.prepare(recipe(steps), running::incrementAndGet);
    }

    private void frame() {
        slot.renew(0);
        Pipeline now = slot.current();
        try (Frame frame = new Frame(1, 1, ScriptedSource.picture(8, 8))) {
            now.process(frame);
        }
    }

    private List<String> names() {
        return slot.statuses().stream().map(ProcessorStatus::name).toList();
    }

    private static void assertClosedOnce(Probe.Maker... makers) {
        assertThat(Arrays.stream(makers).flatMap(maker -> maker.made.stream()))
                .allSatisfy(probe -> assertThat(probe.closed).as(probe.name).hasValue(1));
    }
}
