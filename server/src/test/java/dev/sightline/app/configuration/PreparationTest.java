package dev.sightline.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.config.ConfigException;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreparationTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger discarded = new AtomicInteger();

    @AfterEach
    void open() {
        gate.countDown();
        Await.until("no thread is left", () -> Preparation.left() == 0);
    }

    @Test
    void of_whatIsDoneInTime_keepsIt() {
        List<String> done = new ArrayList<>();
        prepare(() -> done.add("made"), LONG);
        assertThat(done).containsExactly("made");
        assertThat(discarded).hasValue(0);
    }

    @Test
    void of_whatFails_saysWhy() {
        assertThatThrownBy(() -> prepare(
                        () -> {
                            throw new IllegalStateException("no model here");
                        },
                        LONG))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no model here");
        assertThat(discarded).hasValue(0);
    }

    @Test
    void of_whatTakesTooLong_isGivenUp_andDiscardedWhenItIsDone() {
        assertThatThrownBy(() -> prepare(this::hang, SHORT)).hasMessageContaining("does not return");
        assertThat(Preparation.left()).isEqualTo(1);

        gate.countDown();
        Await.until("it is discarded", () -> discarded.get() == 1);
    }

    @Test
    void of_whatWaitsForEver_isInterrupted_soThatItsThreadIsFreed() {
        assertThatThrownBy(() -> prepare(() -> join(Thread.currentThread()), SHORT))
                .hasMessageContaining("does not return");
        Await.until("its thread ends", () -> Preparation.left() == 0);
    }

    @Test
    void of_asManyThatNeverReturn_asMayBeLeft_isRefusedAtOnce() {
        for (int i = 0; i < Preparation.MOST_LEFT; i++) {
            assertThatThrownBy(() -> prepare(this::hang, SHORT)).isInstanceOf(UnfinishedException.class);
        }
        assertThatThrownBy(() -> prepare(() -> {}, LONG)).hasMessageContaining("restart the server");
    }

    @Test
    void of_sameContentThatNeverReturnsTwice_isRefusedAtOnce_andOtherContentIsNot() {
        for (int i = 0; i < Preparation.MOST_OF_SAME; i++) {
            assertThatThrownBy(() -> prepare(List.of("mine", "digest"), this::hang, SHORT))
                    .hasMessageContaining("a processor did not get ready within");
        }
        assertThatThrownBy(() -> prepare(List.of("digest"), () -> {}, LONG))
                .isInstanceOf(UnfinishedException.class)
                .hasMessageContaining("2 times before");
        prepare(List.of("another digest"), () -> {}, LONG);

        gate.countDown();
        Await.until("no thread is left", () -> Preparation.left() == 0);
        prepare(List.of("digest"), () -> {}, LONG);
    }

    @Test
    void of_processorThatNeverGetsReady_isNamed_andRefusedAtOnce_beforeOthersWithIt() {
        NamedProcessor stuck = new NamedProcessor("stuck", () -> {
            hang();
            return frame -> {};
        });
        NamedProcessor sound = new NamedProcessor("sound", () -> frame -> {});
        make(LONG, sound); // its classes are loaded by now
        for (int i = 0; i < Preparation.MOST_OF_SAME; i++) {
            assertThatThrownBy(() -> make(SHORT, sound, stuck))
                    .hasMessageContaining("processor 'stuck' did not get ready within 0 s")
                    .hasMessageContaining("does not return");
        }
        assertThatThrownBy(() -> make(LONG, stuck)).hasMessageContaining("processor 'stuck' did not get ready 2 times");
        make(LONG, sound);
    }

    @Test
    void free_whatNeverReturns_doesNotKeepTheCaller() {
        Preparation.within(SHORT).free("cam-closing", this::hang);
        assertThat(Preparation.left()).isEqualTo(1);
    }

    @Test
    void free_asManyThatNeverReturn_asMayBeLeft_keepNothingFromBeingMade() {
        List<String> closed = new ArrayList<>();
        for (int i = 0; i < Preparation.MOST_LEFT; i++) {
            Preparation.within(SHORT).free("cam-closing", this::hang);
        }
        prepare(() -> {}, LONG);
        Preparation.within(LONG).free("cam-closing", () -> closed.add("one more"));
        assertThat(closed).as("they have a limit, too").isEmpty();
    }

    /** The one who gives up and the one who is done meet within nanoseconds: often enough, each comes first. */
    @Test
    void of_whatIsDoneAsItIsGivenUp_isDiscardedWithoutBeingInterrupted() {
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            int spins = i % 100;
            Preparation.Work<Boolean> work = Preparation.Work.of(
                    "cam-making",
                    "a processor",
                    List.of(),
                    () -> spinUntilGivenUp(spins),
                    () -> interrupted.addAndGet(isInterruptedSoon() ? 1 : 0));
            try {
                Preparation.within(Duration.ZERO).of(work);
            } catch (UnfinishedException e) {
                Await.until("its thread ends", () -> Preparation.left() == 0);
            }
        }
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void here_runsOnTheCallersThread_andSaysWhyItFails() {
        List<Thread> threads = new ArrayList<>();
        Preparation.here().of(work(List.of(), () -> threads.add(Thread.currentThread())));
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThatThrownBy(() -> Preparation.here().of(work(List.of(), () -> {
                    throw new ExceptionInInitializerError("no model here");
                })))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no model here");
    }

    private void make(Duration longest, NamedProcessor... processors) {
        List<NamedProcessor> all = List.of(processors);
        prepare(all, () -> Pipeline.of(all).close(), longest);
    }

    private void prepare(Runnable what, Duration longest) {
        prepare(List.of(), what, longest);
    }

    private void prepare(List<?> contents, Runnable what, Duration longest) {
        Preparation.within(longest).of(work(contents, what));
    }

    private Preparation.Work<Boolean> work(List<?> contents, Runnable what) {
        return Preparation.Work.of("cam-making", "a processor", contents, what, discarded::incrementAndGet);
    }

    /** Native code does not mind that its thread is interrupted either. */
    private void hang() {
        boolean open = false;
        while (!open) {
            try {
                gate.await();
                open = true;
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    private static void spinUntilGivenUp(int longer) {
        while (Preparation.left() == 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < longer; i++) {
            Thread.onSpinWait();
        }
    }

    private static boolean isInterruptedSoon() {
        boolean interrupted = false;
        for (int i = 0; i < 1_000; i++) {
            interrupted |= Thread.currentThread().isInterrupted();
        }
        return interrupted;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
