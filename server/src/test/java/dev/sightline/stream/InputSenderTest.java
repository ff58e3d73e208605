package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Metadata;
import dev.sightline.pipeline.Pipeline;
import dev.sightline.pipeline.Pipeline.NamedProcessor;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import dev.sightline.refusal.RefusedException;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.Pictures;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a client's text to the processor, in virtual time. */
class InputSenderTest {
    private final VirtualTime time = new VirtualTime();
    private final StreamRegistry registry = new StreamRegistry(time.streams());
    private final ScriptedSource source = new ScriptedSource(320, 240);
    private final AtomicBoolean allowance = new AtomicBoolean(true);
    private final InputSender sender = new InputSender(allowance::get);
    private final Clicked clicked = new Clicked();

    @BeforeAll
    static void loadNatives() {
        Loader.load(opencv_imgcodecs.class);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void send_click_reachesTheProcessorBeforeTheNextFrameWithTheOneItNames() throws Exception {
        LiveStream stream = start(clicked);
        source.jpeg();
        Await.until("processed", () -> clicked.processed.size() == 1);
        source.raw();
        Await.until("processed", () -> clicked.processed.size() == 2);

        sender.send(
                stream, "{\"type\": \"input\", \"name\": \"click\", \"seq\": 1, \"x\": 0.25, \"y\": 1, \"on\": true}");
        sender.send(stream, "{\"name\": \"click\", \"seq\": 2, \"key\": \"a\"}");
        assertThat(clicked.inputs).isEmpty();
        source.raw();
        Await.until("processed", () -> clicked.processed.size() == 3);

        ViewerInput click = clicked.inputs.get(0);
        assertThat(click).isEqualTo(new ViewerInput("click", 1, Map.of("x", 0.25, "y", 1, "on", true)));
        assertThat(click.y()).isEqualTo(1);
        assertThat(click.isTrue("on")).isTrue();
        assertThat(clicked.inputs.get(1).text("key")).contains("a");
        assertThat(clicked.inputs.get(1).number("key")).isEqualTo(OptionalDouble.empty());
        assertThat(clicked.shown).containsExactly(1L, 2L);
    }

    @Test
    void send_noFrameFor2Seconds_isDroppedAndCounted() throws Exception {
        LiveStream stream = start(clicked);
        source.raw();
        Await.until("processed", () -> clicked.processed.size() == 1);
        sender.send(stream, click(1));
        time.pass(Duration.ofMillis(2_050));
        source.raw();
        Await.until("processed", () -> clicked.processed.size() == 2);

        assertThat(clicked.inputs).isEmpty();
        assertThat(stream.status().processing().droppedInputs()).isEqualTo(1);
    }

    @Test
    void send_whileTheProcessorIsBusy_waitsWithoutBlockingAndTheOldestGo() throws Exception {
        LiveStream stream = start(clicked);
        clicked.gate = new CountDownLatch(1);
        source.raw();
        Await.until("busy", () -> clicked.entered);
        for (int seq = 1; seq <= InputQueue.MOST + 6; seq++) {
            sender.send(stream, click(seq));
        }
        clicked.gate.countDown();
        Await.until("all", () -> {
            source.raw();
            return clicked.inputs.size() == InputQueue.MOST;
        });

        assertThat(clicked.inputs.get(0).seq()).isEqualTo(7);
        assertThat(stream.status().processing().droppedInputs()).isEqualTo(6);
    }

    @Test
    void send_slowInputs_takeAFewMillisecondsPerFrameAndTheRestFollows() throws Exception {
        clicked.takes = () -> time.pass(Duration.ofMillis(6));
        LiveStream stream = start(clicked);
        for (int seq = 1; seq <= 5; seq++) {
            sender.send(stream, click(seq));
        }
        List<Integer> delivered = new ArrayList<>();
        for (int frame = 1; frame <= 4; frame++) {
            int count = frame;
            source.raw();
            Await.until("processed", () -> clicked.processed.size() == count);
            delivered.add(clicked.inputs.size());
        }
        assertThat(delivered).containsExactly(2, 4, 5, 5);
    }

    @Test
    void keptFrames_noFramesAnyMore_areFreedAfter2Seconds() {
        start(clicked);
        WeakReference<byte[]> image = giveImage();
        Await.until("processed", () -> clicked.processed.size() == 1);
        source.raw(); // the stream's thread lets go of the frame before
        Await.until("processed", () -> clicked.processed.size() == 2);
        System.gc();
        assertThat(image.refersTo(null)).isFalse();

        // A step has the time of the process; the watch looks as time passes here.
        time.until("freed", () -> {
            System.gc();
            return image.refersTo(null);
        });
    }

    private WeakReference<byte[]> giveImage() {
        byte[] bytes;
        try (Mat picture = ScriptedSource.picture(320, 240)) {
            bytes = Pictures.jpeg(picture, 80);
        }
        WeakReference<byte[]> image = new WeakReference<>(bytes);
        source.give(numbering -> EncodedFrame.mjpeg(
                bytes, 320, 240, numbering.next(), numbering.clock().nanos(), Metadata.EMPTY));
        return image;
    }

    @Test
    void send_notTaken_saysWhatIs() throws Exception {
        LiveStream stream = start(clicked);

        assertThat(stream.takesInput()).isTrue();
        assertThat(stream.status().processing().inputs()).containsExactly("click");
        assertThatThrownBy(() -> sender.send(stream, "{\"name\": \"clik\"}"))
                .hasMessage("no processor of stream 'cam' takes the input 'clik'; they take click")
                .matches(e -> ((RefusedException) e).status() == 422);
    }

    @Test
    void send_noProcessorTakesInput_isRefused() throws Exception {
        LiveStream stream = start(frame -> {});

        assertThat(stream.takesInput()).isFalse();
        assertThatThrownBy(() -> sender.send(stream, click(1)))
                .hasMessage("no processor of stream 'cam' takes input")
                .matches(e -> ((RefusedException) e).status() == 422);
    }

    @Test
    void send_beyondTheRate_isRefused() throws Exception {
        LiveStream stream = start(clicked);
        allowance.set(false);

        assertThatThrownBy(() -> sender.send(stream, click(1)))
                .hasMessage("more than 50 inputs per second; send the rest later, or fewer")
                .matches(e -> ((RefusedException) e).status() == 429);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                    | it is no JSON",
                "[1]                                  | it is no object {name, seq, x, y, …}",
                "null                                 | it is no object {name, seq, x, y, …}",
                "{'seq': 1}                           | name is a text of 1 to 64 characters",
                "{'name': ''}                         | name is a text of 1 to 64 characters",
                "{'name': 'click', 'seq': 1.5}        | seq is the number of the frame that was seen",
                "{'name': 'click', 'seq': -1}         | seq is the number of the frame that was seen",
                "{'name': 'click', 'seq': '1'}        | seq is the number of the frame that was seen",
                "{'name': 'click', 'x': 1.01}         | x is a fraction of the picture, from 0 to 1",
                "{'name': 'click', 'y': -0.5}         | y is a fraction of the picture, from 0 to 1",
                "{'name': 'click', 'at': {'x': 1}}    | 'at' is neither a number, nor true or false, nor a text of up to 200 characters",
                "{'name': 'click', 'at': [1]}         | 'at' is neither a number, nor true or false, nor a text of up to 200 characters",
                "{'name': 'click', 'at': null}        | 'at' is neither a number, nor true or false, nor a text of up to 200 characters"
            })
    void send_malformed_saysWhy(String message, String why) throws Exception {
        LiveStream stream = start(clicked);

        assertRefused(stream, message.replace('\'', '"'), why);
    }

    @Test
    void send_tooMuch_isRefused() throws Exception {
        LiveStream stream = start(clicked);

        assertRefused(
                stream,
                "{\"name\": \"click\", \"a\": \"" + "b".repeat(1_000) + "\"}",
                "it is longer than 1024 characters");
        assertRefused(
                stream,
                "{\"name\": \"click\", \"a\": \"" + "b".repeat(201) + "\"}",
                "'a' is neither a number, nor true or false, nor a text of up to 200 characters");
        assertRefused(
                stream,
                "{\"name\": \"click\", \"" + "k".repeat(65) + "\": 1}",
                "'" + "k".repeat(65) + "' is longer than 64 characters");
        assertRefused(
                stream,
                IntStream.range(0, 17)
                        .mapToObj(i -> ", \"" + i + "\": 1")
                        .collect(Collectors.joining("", "{\"name\": \"click\"", "}")),
                "it has more than 16 values");
    }

    private void assertRefused(LiveStream stream, String message, String why) {
        assertThatThrownBy(() -> sender.send(stream, message))
                .hasMessage("an input cannot be read: " + why)
                .matches(e -> ((RefusedException) e).status() == 400);
    }

    private static String click(long seq) {
        return "{\"name\": \"click\", \"seq\": " + seq + ", \"x\": 0.5, \"y\": 0.5}";
    }

    private LiveStream start(FrameProcessor processor) {
        return registry.start("cam", source, Pipeline.of(List.of(new NamedProcessor("step", () -> processor))), false);
    }

    /** Notes what it is given. */
    private static final class Clicked implements InteractiveProcessor {
        final List<Long> processed = new CopyOnWriteArrayList<>();
        final List<ViewerInput> inputs = new CopyOnWriteArrayList<>();
        final List<Long> shown = new CopyOnWriteArrayList<>();
        volatile CountDownLatch gate = new CountDownLatch(0);
        volatile boolean entered;
        volatile Runnable takes = () -> {};

        @Override
        public Set<String> inputs() {
            return Set.of("click");
        }

        @Override
        public void input(ViewerInput input, Optional<Frame> frame) {
            inputs.add(input);
            takes.run();
            frame.ifPresent(picture -> {
                assertThat(Pictures.brightness(picture.mat())).isBetween(120.0, 135.0);
                shown.add(picture.seq());
            });
        }

        @Override
        public void process(Frame frame) throws InterruptedException {
            entered = true;
            gate.await();
            processed.add(frame.seq());
        }
    }
}
