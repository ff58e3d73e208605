package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.Codec;
import dev.sightline.transport.webrtc.congestion.SimulatedLine;
import dev.sightline.transport.webrtc.congestion.TransportFeedback;
import dev.sightline.transport.webrtc.parameters.BigEndian;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.ReceiverReport;
import dev.sightline.transport.webrtc.rtp.RtcpPacket.TransportWide;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One viewer behind a thin line that tells when packets arrived: which rendition it gets, and how long its packets wait. */
class ThinLineTest {
    private static final long MS = 1_000_000L;
    private static final int FPS = 30;
    private static final int[] LAYERS = {0, 2, 1, 2};
    private static final Rendition.Video BEST = new Rendition.Video(Codec.VP8, 0, 1_000_000);
    private static final Rendition.Video MIDDLE = new Rendition.Video(Codec.VP8, 320, 400_000);
    private static final Rendition.Video LEAST = new Rendition.Video(Codec.VP8, 160, 100_000);

    private final SimulatedLine line = new SimulatedLine(1);
    private final Viewer viewer = new Viewer(List.of(BEST, MIDDLE, LEAST));

    @Test
    void halfOfWhatTheBestNeeds_isTheMiddleOneWithinThreeSeconds_andTheQueueDrains() {
        line.carrying(500_000, 200);

        viewer.run(20);

        assertThat(viewer.between(3, 20))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(MIDDLE));
        assertThat(viewer.waitingMillis(5, 20)).isLessThan(60);
    }

    @Test
    void lessThanTheMiddleNeeds_isTheLeast() {
        line.carrying(300_000, 200);

        viewer.run(20);

        assertThat(viewer.between(3, 20))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(LEAST));
        assertThat(viewer.waitingMillis(5, 20)).isLessThan(60);
    }

    @Test
    void lessThanTheLeastNeeds_isItsTemporalLayersThatFit_andTheQueueDrains() {
        line.carrying(60_000, 300);

        viewer.run(40);

        assertThat(viewer.between(5, 40))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(LEAST));
        assertThat(viewer.waitingMillis(10, 40)).isLessThan(150);
        assertThat(viewer.framesSent(10, 40)).isBetween(30 * 7L, 30 * 16L);
        assertThat(viewer.lost(10, 40)).isLessThan(10);
    }

    @Test
    void lineThatCarriesTheLeastAgain_getsAllItsFrames() {
        line.carrying(60_000, 300);
        viewer.run(20);
        line.carrying(300_000, 300);
        viewer.run(20);

        assertThat(viewer.framesSent(30, 40)).isBetween(10L * FPS - 5, 10L * FPS);
    }

    /** There is no better rendition for which its line would be measured. */
    @Test
    void lineThatCarriesTheOnlyOneAgain_getsAllItsFrames() {
        Viewer only = new Viewer(List.of(LEAST));
        line.carrying(60_000, 300);
        only.run(20);
        assertThat(only.framesSent(10, 20)).isLessThan(10 * 16L);
        line.carrying(300_000, 300);
        only.run(20);

        assertThat(only.framesSent(30, 40)).isBetween(10L * FPS - 5, 10L * FPS);
    }

    @Test
    void lineNarrows_andWidensAgain_isFollowedDownWithinTwoSeconds_andUpWithinTen() {
        line.carrying(1_500_000, 200);
        viewer.run(20);
        assertThat(viewer.between(1, 20))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(BEST));
        line.carrying(300_000, 200);
        viewer.run(20);
        line.carrying(1_500_000, 200);
        viewer.run(20);

        assertThat(viewer.between(22, 40))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(LEAST));
        assertThat(viewer.between(50, 60))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(BEST));
    }

    @Test
    void packetsLostByChance_onAWideLine_changeNothing() {
        line.carrying(20_000_000, 200).losing(0.1, 3).delaying(25).jittering(10);

        viewer.run(30);

        assertThat(viewer.between(0, 30))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(BEST));
    }

    /** All at once, two thirds of it would be dropped. */
    @Test
    void keyframeLargerThanTheQueueOfAThinLine_isPaced_andArrivesWhole() {
        line.carrying(500_000, 200);
        viewer.run(20);
        int dropped = line.dropped();
        viewer.packets = 0;

        viewer.bytesOfKeyframe = 30_000;
        viewer.keyframe = true;
        viewer.run(2);

        assertThat(line.dropped()).isEqualTo(dropped);
        assertThat(viewer.packets).isGreaterThan(30_000 / 1_200);
    }

    @Test
    void statistics_ofTheLine_areThereOnceTheViewerTellsWhatArrived() {
        line.carrying(500_000, 200);
        assertThat(viewer.line()).isEmpty();

        viewer.run(1);

        assertThat(viewer.line()).hasValueSatisfying(line -> {
            assertThat(line.bitsPerSecond()).isBetween(250_000L, 900_000L);
            assertThat(line.queueNanos()).isBetween(20 * MS, 250 * MS);
            assertThat(line.datagramBytes()).isEqualTo(1_200);
        });
    }

    /** As behind a tunnel: what is larger is lost without a word. */
    @ParameterizedTest
    @ValueSource(ints = {1_100, 990, 600, 560})
    void largeDatagramsLost_smallerOnesAreSentWithinFiveSeconds(int mtu) {
        line.swallowingAbove(mtu);

        viewer.run(5);
        viewer.largest = 0;
        viewer.run(3);

        assertThat(viewer.largest).isBetween(mtu / 2, mtu);
        assertThat(viewer.between(5, 8))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(BEST));
    }

    @Test
    void wideLine_mostPacketsAskForNoFeedback_andNothingElseChanges() {
        line.carrying(20_000_000, 100);

        viewer.run(60);

        assertThat(viewer.told).isBetween(350, 500); // of 1,200
        assertThat(viewer.between(1, 60))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(BEST));
        assertThat(viewer.line()).hasValueSatisfying(told -> {
            assertThat(told.bitsPerSecond()).isGreaterThan(1_150_000);
            assertThat(told.datagramBytes()).isEqualTo(1_200);
        });
    }

    @Test
    void wideLineThatNarrows_isNoticedThoughMostFeedbackIsNotRead() {
        line.carrying(20_000_000, 100);
        viewer.run(30);
        line.carrying(500_000, 200);
        viewer.run(10);

        assertThat(viewer.between(34, 40))
                .allSatisfy(each -> assertThat(each.chosen()).isEqualTo(MIDDLE));
    }

    /** Sends in virtual time; its receiver tells every 50 ms what has arrived. */
    private final class Viewer implements PacketSink {
        private final RateControl rate;
        private final RtpSender sender;
        private final Map<Rendition.Video, RtpFeed> feeds = new LinkedHashMap<>();
        private final List<Sample> samples = new ArrayList<>();
        private final List<Long> unreported = new ArrayList<>();
        private final PriorityQueue<Message> onTheWay =
                new PriorityQueue<>(Comparator.comparingLong(Message::dueNanos));
        private Rendition.Video chosen;
        private boolean keyframe = true;
        private int frames;
        private int firstUnreported;
        private long now = Pictures.START_NANOS;
        private int largest;
        private int packets;
        private int bytesOfKeyframe;
        private int layerAt;
        private int told;

        Viewer(List<Rendition.Video> ladder) {
            this.rate = new RateControl(ladder, Pictures.START_NANOS);
            this.sender = new RtpSender(
                    Senders.withTransportFeedback(1, 96, "sightline", 2), this, rate, () -> keyframe = true);
            this.chosen = ladder.get(0);
        }

        void run(int seconds) {
            for (long end = now + seconds * 1_000 * MS; now < end; now += MS) {
                long millis = (now - Pictures.START_NANOS) / MS;
                if (millis * FPS / 1_000 >= frames) {
                    frame();
                }
                if (millis % 20 == 0) {
                    sender.tick(now);
                }
                if (millis % 50 == 0) {
                    report();
                }
                while (!onTheWay.isEmpty() && onTheWay.peek().dueNanos() <= now) {
                    TransportFeedback feedback = onTheWay.remove().feedback();
                    sender.rtcp(List.of(new TransportWide(1, feedback)), now);
                    told++;
                }
                if (millis % 1_000 == 999) {
                    sender.rtcp(List.of(new ReceiverReport(2, List.of())), now);
                }
                if (millis % 250 == 0) {
                    choose();
                    samples.add(new Sample(
                            millis,
                            chosen,
                            line.waiting(now) / MS,
                            sender.statistics().frames().sent(),
                            line.dropped()));
                }
            }
        }

        Optional<SenderStatistics.Line> line() {
            return sender.statistics().report().line();
        }

        private void choose() {
            Rendition.Video choice = rate.choose(now);
            keyframe |= !choice.equals(chosen);
            chosen = choice;
        }

        /** The encoder's part: three temporal layers while somebody needs them. */
        private int layer() {
            layerAt = keyframe || !rate.needsLayers() ? 0 : (layerAt + 1) % LAYERS.length;
            return LAYERS[layerAt];
        }

        private void frame() {
            int bytes = chosen.bitsPerSecond() / 8 / FPS * (keyframe ? 4 : 1);
            if (keyframe && bytesOfKeyframe > 0) {
                bytes = bytesOfKeyframe;
                bytesOfKeyframe = 0;
            }
            int layer = layer();
            sender.frame(
                    feeds.computeIfAbsent(chosen, RtpFeed::new),
                    Pictures.picture(Codec.VP8, ++frames, keyframe, bytes).inTemporalLayer(layer),
                    now);
            keyframe = false;
        }

        @Override
        public void rtp(byte[] packet, int offset, int length) {
            largest = Math.max(largest, length);
            packets++;
            if (packet[offset + RtpHeader.FIXED_SIZE + 4] == 0) {
                return; // padding instead of the number
            }
            int transportSequence = BigEndian.u16(packet, offset + RtpHeader.FIXED_SIZE + 5);
            assertThat(transportSequence).isEqualTo(firstUnreported + unreported.size() & 0xFFFF);
            unreported.add(line.arrival(length, now).orElse(Long.MAX_VALUE));
        }

        @Override
        public void rtcp(byte[] packet, int offset, int length) {}

        @Override
        public void flush() {}

        private void report() {
            int arrived = 0;
            for (int i = 0; i < unreported.size(); i++) {
                arrived = unreported.get(i) <= now ? i + 1 : arrived;
            }
            if (arrived > 0) {
                long[] arrivals = unreported.subList(0, arrived).stream()
                        .mapToLong(at -> at == Long.MAX_VALUE
                                ? TransportFeedback.LOST
                                : at / TransportFeedback.TICK_NANOS & 0xFFFF_FFFFL)
                        .toArray();
                onTheWay.add(new Message(
                        now + line.delayNanos(), new TransportFeedback(firstUnreported & 0xFFFF, arrivals)));
                unreported.subList(0, arrived).clear();
                firstUnreported += arrived;
            }
        }

        /** The samples of a span, in seconds since the beginning. */
        List<Sample> between(int from, int to) {
            return samples.stream()
                    .filter(each -> each.millis() >= from * 1_000 && each.millis() < to * 1_000)
                    .toList();
        }

        long framesSent(int from, int to) {
            List<Sample> span = between(from, to);
            return last(span).framesSent() - span.get(0).framesSent() + FPS / 4;
        }

        /** Packets that the line dropped. */
        int lost(int from, int to) {
            List<Sample> span = between(from, to);
            return last(span).dropped() - span.get(0).dropped();
        }

        private Sample last(List<Sample> span) {
            return span.get(span.size() - 1);
        }

        /** How long a packet waits, in the middle. */
        long waitingMillis(int from, int to) {
            List<Sample> span = between(from, to);
            return span.stream()
                    .mapToLong(Sample::waitingMillis)
                    .sorted()
                    .skip(span.size() / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Sample(long millis, Rendition.Video chosen, long waitingMillis, long framesSent, int dropped) {}

    private record Message(long dueNanos, TransportFeedback feedback) {}
}
