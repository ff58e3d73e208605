package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.worker.Confinement;
import dev.sightline.worker.Death;
import dev.sightline.worker.Link;
import dev.sightline.worker.Message;
import dev.sightline.worker.Tenant;
import dev.sightline.worker.WorkNotes;
import dev.sightline.worker.WorkerBody;
import dev.sightline.worker.WorkerPool;
import dev.sightline.worker.WorkerSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker process of the program itself: native libraries are found there, confined or not. */
class WorkerMainIT {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worker_usesOpenCvAndFfmpeg(boolean confine) throws Exception {
        Answers answers = new Answers();
        try (WorkerPool pool =
                WorkerLaunches.pool(WorkerSettings.DEFAULTS, Natively.class.getName(), Set.of(), confine)) {
            pool.worker("test").use(answers, Confinement.STRICT);
            assertThat(answers.messages.poll(60, TimeUnit.SECONDS)).isEqualTo("4 " + avcodec.AV_CODEC_ID_H264);
        }
    }

    @Test
    void main_withoutAServer_fails() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes())).contains("this is no worker");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    /** Runs in the child. */
    public static final class Natively implements WorkerBody {
        @Override
        public void run(Link link, WorkNotes notes) throws InterruptedException {
            CountDownLatch over = new CountDownLatch(1);
            link.onMessage(message -> {});
            link.onEnd(reason -> over.countDown());
            try (Mat picture = new Mat(2, 2, opencv_core.CV_8UC1)) {
                int codec =
                        avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_H264).id();
                link.send(Message.of("answer", picture.total() + " " + codec));
            }
            over.await();
        }
    }

    private static final class Answers implements Tenant {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        @Override
        public void up(Link link) {
            link.onMessage(message -> messages.add(message.text()));
            link.onEnd(reason -> {});
        }

        @Override
        public void down(Death death) {
            messages.add(death.reason());
        }

        @Override
        public void quarantined(String stream, String reason, Duration atLeast) {}

        @Override
        public void released(String stream) {}
    }
}
