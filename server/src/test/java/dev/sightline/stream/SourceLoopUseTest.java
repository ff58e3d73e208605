package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.source.Numbering;
import dev.sightline.stream.status.StreamState;
import dev.sightline.testkit.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another source takes the place of one. Time stands still: what waits to retry waits for ever. */
class SourceLoopUseTest {
    private final Numbering numbering = new Numbering(CaptureClock.of(() -> 0, 0));
    private final StreamStateTracker signal = new StreamStateTracker(numbering.clock(), () -> {});
    private final PictureSlot slot = new PictureSlot();
    private final Demand demand = new Demand(false, () -> 0);
    private final ScriptedSource one = new ScriptedSource(64, 48);
    private final ScriptedSource two = new ScriptedSource(32, 24);
    private final SourceLoop loop =
            new SourceLoop(new Intake.Target("cam", numbering, slot, signal, demand, () -> {}), one);

    @AfterEach
    void end() {
        demand.stop();
        loop.stop();
        loop.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        slot.close();
    }

    @Test
    void use_whileReading_closesTheLastBeforeItOpens() throws InterruptedException {
        one.jpeg();
        loop.start();
        assertThat(slot.take().orElseThrow().width()).isEqualTo(64);

        two.jpeg();
        loop.use(two);
        assertThat(slot.take().orElseThrow().width()).isEqualTo(32);
        assertThat(one.closed).hasValue(1);
        assertThat(one.opened).hasValue(1);
    }

    @Test
    void use_whileWaitingToRetry_opensAtOnce() {
        one.refuses = true;
        loop.start();
        Await.until("it is offline", () -> signal.state() == StreamState.OFFLINE);

        loop.use(two);
        Await.until("the other is opened", () -> two.opened.get() >= 1);
        assertThat(one.opened).hasValue(1);
    }

    @Test
    void use_afterItHasEnded_opensTheOther() {
        one.end();
        loop.start();
        Await.until("it has ended", () -> signal.state() == StreamState.ENDED);

        loop.use(two);
        Await.until("the other is opened", () -> two.opened.get() >= 1);
        assertThat(signal.state()).isNotEqualTo(StreamState.ENDED);
    }

    @Test
    void use_whileNobodyWatches_opensTheOtherWithTheFirstViewer() {
        demand.onDemand(true);
        loop.start();
        Await.until("it is idle", () -> signal.state() == StreamState.IDLE);

        loop.use(two);
        demand.joined();
        Await.until("the other is opened", () -> two.opened.get() >= 1);
        assertThat(one.opened).hasValue(0);
    }

    @Test
    void use_beforeTheStart_opensOnlyTheOther() {
        loop.use(two);
        loop.start();
        Await.until("the other is opened", () -> two.opened.get() >= 1);
        assertThat(one.opened).hasValue(0);
    }

    @Test
    void use_twiceInARow_endsWithTheLast() {
        ScriptedSource three = new ScriptedSource(16, 16);
        loop.start();
        Await.until("the first is opened", () -> one.opened.get() == 1);
        loop.use(two);
        loop.use(three);
        Await.until("the last is opened", () -> three.opened.get() >= 1);
        assertThat(two.closed.get()).isEqualTo(two.opened.get());
    }

    @Test
    void use_frameThatIsJustBeingRead_doesNotComeAfterwards() throws InterruptedException {
        AtomicReference<Frame> late = new AtomicReference<>();
        one.give(numbers -> {
            loop.use(two);
            late.set(new Frame(numbers.next(), 0, ScriptedSource.picture(64, 48)));
            return late.get();
        });
        two.jpeg();
        loop.start();
        assertThat(slot.take().orElseThrow().width()).isEqualTo(32);
        assertThat(slot.dropped()).isZero();
        assertThat(late.get().damage()).as("its memory is freed").isPresent();
    }

    @Test
    void use_frameThatWaits_isDropped() {
        one.jpeg();
        loop.start();
        Await.until("a frame waits", () -> !slot.isEmpty());
        loop.use(two);
        assertThat(slot.isEmpty()).isTrue();
        assertThat(slot.dropped()).isEqualTo(1);
    }

    @Test
    void stop_sourceThatFailsWhileItEnds_changesNoStateAnyMore() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        one.give(numbers -> {
            reading.countDown();
            awaitIgnoringInterrupts(stopped);
            throw new IllegalStateException("the line was cut");
        });
        loop.start();
        Await.until("it reads", () -> reading.getCount() == 0);
        loop.stop();
        signal.lost("nobody sends pictures yet");
        stopped.countDown();
        Await.until("its thread ends", SourceLoopUseTest::nobodyReads);
        assertThat(one.closed).hasValue(1);
        assertThat(signal.reason()).contains("nobody sends pictures yet");
    }

    private static boolean nobodyReads() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("cam-reader"));
    }

    /** As native code does. */
    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // It waits on.
            }
        }
    }
}
