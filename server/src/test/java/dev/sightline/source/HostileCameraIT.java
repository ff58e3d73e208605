package dev.sightline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.StreamInfo;
import dev.sightline.StreamState;
import dev.sightline.testkit.Await;
import dev.sightline.testkit.ProcessWatch;
import dev.sightline.testkit.RtspServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Cameras that mean ill, a few at a time, beside a good one: each is left for a reason, and the good one loses nothing. That
 * sends video, of which a second may wait: of single pictures a busy machine loses one now and then.
 */
class HostileCameraIT {
    private static final boolean LONG = Boolean.getBoolean("sightline.long");
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final int AT_A_TIME = 8;
    /** What is read at most, and what the kernel takes on behalf of a reader. */
    private static final long MOST_SENT = 80 << 20;

    private static final long MOST_MEMORY = 400 << 20;

    private final AtomicInteger visits = new AtomicInteger();
    private ServerSocket inside;
    private HostileCameras cameras;
    private RtspServer good;

    @BeforeEach
    void start() throws IOException {
        Optional<InetAddress> here = ownAddress();
        assumeTrue(here.isPresent(), "this computer has an address that is no loopback");
        inside = new ServerSocket(0, 50, InetAddress.getByName("::"));
        Thread visitors = new Thread(this::countVisits);
        visitors.setDaemon(true);
        visitors.start();
        cameras = new HostileCameras(here.get(), inside.getLocalPort());
        good = RtspServer.start(320, 240, 15);
    }

    @AfterEach
    void stop() throws IOException {
        good.close();
        cameras.close();
        inside.close();
    }

    @Test
    void everyHostileCamera_isLeftForAReason_andTheGoodOneLosesNothing() {
        Map<String, String> wrong = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(cameras.reasons().keySet());
        String only = System.getProperty("hostile", "");
        names.removeIf(name -> !name.matches(only.isEmpty() ? ".*" : only));
        long before = ProcessWatch.nativeBytes();
        for (int from = 0; from < names.size(); from += AT_A_TIME) {
            wrong.putAll(meet(names.subList(from, Math.min(names.size(), from + AT_A_TIME))));
        }
        assertThat(wrong).isEmpty();
        assertThat(visits).as("nobody came in from outside").hasValue(0);
        assertThat(ProcessWatch.nativeBytes() - before).isLessThan(MOST_MEMORY);
    }

    /** What some of them did that they must not. */
    private Map<String, String> meet(List<String> names) {
        Sightline builder = Sightline.server().port(0).stream("good", stream -> stream.source(good.url()));
        for (String name : names) {
            builder = builder.stream(name, stream -> stream.source(cameras.address(name)));
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        cameras.answer(false);
        try (SightlineServer server = builder.start()) {
            Await.until("a good beginning", () -> status(server, "good").frames() > 10);
            StreamInfo.Dropped before = status(server, "good").dropped();
            cameras.answer(true);
            for (String name : names) {
                Pattern reason = Pattern.compile(cameras.reasons().get(name));
                try {
                    Await.until(name, PATIENCE, () -> isLeft(status(server, name), reason));
                } catch (AssertionError never) {
                    wrong.put(name, status(server, name).toString());
                }
                if (cameras.sent(name) > MOST_SENT) {
                    wrong.put(name + " could send", Long.toString(cameras.sent(name)));
                }
            }
            StreamInfo status = status(server, "good");
            long frames = status.frames();
            Await.until("it goes on", () -> status(server, "good").frames() > frames);
            if (status.state() != StreamState.LIVE || status.retries() > 0 || isMissing(status, before)) {
                wrong.put("good beside " + names, status.toString());
            }
        }
        return wrong;
    }

    /** Beside other tests the processors may be busy for as long as a picture takes; at full length none may be lost. */
    private static boolean isMissing(StreamInfo status, StreamInfo.Dropped before) {
        long lost = status.dropped().pipeline() - before.pipeline();
        return status.dropped().broken() > before.broken() || lost > (LONG ? 0 : status.frames() / 10);
    }

    private static boolean isLeft(StreamInfo status, Pattern reason) {
        return status.state() == StreamState.OFFLINE
                && status.reason().filter(said -> reason.matcher(said).find()).isPresent();
    }

    private static StreamInfo status(SightlineServer server, String name) {
        return server.streams().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void countVisits() {
        try {
            while (true) {
                inside.accept().close();
                visits.incrementAndGet();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static Optional<InetAddress> ownAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .findFirst();
    }
}
