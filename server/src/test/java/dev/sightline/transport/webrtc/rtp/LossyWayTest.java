package dev.sightline.transport.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.codec.Rendition;
import dev.sightline.codec.RtpTime;
import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our sender and our receiver with a bad way between them, in simulated time. */
class LossyWayTest {
    private static final long MS = 1_000_000L;

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void cleanWay_everyPictureArrivesAsItWas(Codec codec) {
        Way way = new Way(codec, true);

        way.run(300);

        assertThat(way.shown).hasSize(300);
        assertThat(way.receiver.statistics().nacked()).isZero();
        assertThat(way.receiver.statistics().keyframeRequests()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"VP8", "H264"})
    void tenPercentLoss_isRepaired(Codec codec) {
        Way way = new Way(codec, true);
        way.loss = 0.10;

        way.run(1_800);

        assertThat(way.shown.size()).isGreaterThan(1_750);
        assertThat(way.receiver.statistics().arrivals().repaired()).isGreaterThan(1_000);
        assertThat(way.sender.statistics().report().lossPercent()).isBetween(5.0, 16.0);
    }

    @Test
    void tenPercentLoss_withoutRtx_isRepaired() {
        Way way = new Way(Codec.VP8, false);
        way.loss = 0.10;

        way.run(900);

        assertThat(way.shown.size()).isGreaterThan(850);
    }

    @Test
    void thirtyPercentLoss_picturesGoOn_andAllOfThemAfterwards() {
        Way way = new Way(Codec.VP8, true);
        way.loss = 0.30;
        way.run(300);
        assertThat(way.shown.size()).isGreaterThan(90);

        way.loss = 0;
        way.run(30);
        int before = way.shown.size();
        way.run(120);

        assertThat(way.shown).hasSizeBetween(before + 119, before + 121);
    }

    @Test
    void reorderedAndDoubledPackets_arriveOnceAndInOrder() {
        Way way = new Way(Codec.H264, true);
        way.run(1);
        way.jitterNanos = 30 * MS;
        way.doubled = 0.2;

        way.run(599);

        assertThat(way.shown).hasSize(600);
        assertThat(way.receiver.statistics().arrivals().duplicates()).isGreaterThan(200);
    }

    @Test
    void silenceOfASecond_endsWithAKeyframe() {
        Way way = new Way(Codec.VP8, true);
        way.run(60);
        way.loss = 1;
        way.run(30);
        way.loss = 0;
        int before = way.shown.size();
        way.run(60);

        assertThat(way.shown.size()).isGreaterThan(before + 35);
        assertThat(way.receiver.statistics().keyframes()).isEqualTo(2);
    }

    /** Pictures go from left to right, reports from right to left; what is shown is compared with what was sent. */
    private static final class Way {
        private static final long ONE_WAY_NANOS = 30 * MS;

        private final Codec codec;
        private final Rendition.Video rendition;
        private final Random random = new Random(7);
        private final PriorityQueue<Flying> flying =
                new PriorityQueue<>(Comparator.comparingLong(Flying::arrival).thenComparingLong(Flying::number));
        private final List<EncodedFrame> sent = new ArrayList<>();
        private final List<ReceivedFrame> shown = new ArrayList<>();
        private final RtcpReader reader = new RtcpReader();
        private final RtpFeed feed;
        private final RtpSender sender;
        private final RtpReceiver receiver;
        private double loss;
        private double doubled;
        private long jitterNanos;
        private long now = Pictures.START_NANOS;
        private long number;
        private boolean keyframeWanted = true;
        private int next;

        Way(Codec codec, boolean rtx) {
            this.codec = codec;
            this.rendition = codec == Codec.VP8 ? Pictures.VP8 : Pictures.H264;
            this.feed = new RtpFeed(rendition);
            this.sender = new RtpSender(
                    rtx ? Senders.withRtx(1, 96, "left", 2) : Senders.plain(1, 96, "left"),
                    new Side(this::rightRtp, this::rightRtcp),
                    new RateControl(List.of(rendition), now),
                    () -> keyframeWanted = true);
            this.receiver = new RtpReceiver(
                    new ReceiverSettings(codec, 96, OptionalInt.of(97), 3, "right", 4_000_000),
                    new Side((packet, size) -> {}, this::leftRtcp),
                    this::show);
        }

        void run(int pictures) {
            for (int last = next + pictures; next < last; next++) {
                EncodedFrame picture =
                        Pictures.picture(codec, next + 1, keyframeWanted, keyframeWanted ? 40_000 : 8_000);
                keyframeWanted = false;
                sent.add(picture);
                sender.frame(feed, picture, now);
                fly(now + Pictures.INTERVAL_NANOS);
            }
            if (loss == 0) {
                fly(now + 500 * MS);
            }
        }

        private void fly(long end) {
            for (; now < end; now += MS) {
                while (!flying.isEmpty() && flying.peek().arrival() <= now) {
                    flying.remove().land().run();
                }
                if (now / MS % 10 == 0) {
                    receiver.tick(now);
                    sender.tick(now);
                }
            }
        }

        private void show(ReceivedFrame frame) {
            EncodedFrame original = sent.stream()
                    .filter(each -> RtpTime.timestamp(each) == frame.rtpTimestamp())
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = new byte[original.size()];
            original.data().get(bytes);
            assertThat(Arrays.equals(frame.bytes(), bytes)).isTrue();
            assertThat(frame.keyframe()).isEqualTo(original.keyframe());
            if (!frame.keyframe()) {
                ReceivedFrame before = shown.get(shown.size() - 1);
                assertThat(frame.rtpTimestamp() - before.rtpTimestamp())
                        .as("nothing is missing before it")
                        .isBetween(2_999L, 3_001L);
            }
            shown.add(frame);
        }

        private void rightRtp(byte[] packet, int size) {
            throwAcross(() -> receiver.rtp(packet, 0, size, now));
        }

        private void rightRtcp(byte[] packet, int size) {
            throwAcross(() -> receiver.rtcp(reader.read(packet, 0, size), now));
        }

        private void leftRtcp(byte[] packet, int size) {
            throwAcross(() -> sender.rtcp(reader.read(packet, 0, size), now));
        }

        private void throwAcross(Runnable land) {
            int copies = random.nextDouble() < doubled ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                if (random.nextDouble() >= loss) {
                    long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
                    flying.add(new Flying(now + ONE_WAY_NANOS + jitter, number++, land));
                }
            }
        }
    }

    private record Flying(long arrival, long number, Runnable land) {}

    private record Side(BiConsumer<byte[], Integer> rtp, BiConsumer<byte[], Integer> rtcp) implements PacketSink {
        @Override
        public void rtp(byte[] packet, int offset, int length) {
            rtp.accept(Arrays.copyOfRange(packet, offset, offset + length), length);
        }

        @Override
        public void rtcp(byte[] packet, int offset, int length) {
            rtcp.accept(Arrays.copyOfRange(packet, offset, offset + length), length);
        }

        @Override
        public void flush() {}
    }
}
