package dev.sightline.transport.webrtc.rtp;

import dev.sightline.codec.Rendition;
import dev.sightline.frame.EncodedFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rendition of a stream, packetised once for all its viewers, with the packets stored for retransmission.
 *
 * <p>Used by its viewers' {@link RtpSender}s on the media thread. It stores the last 1.5 s, at most 2,048 packets and 8 MB, and
 * always the newest frame.
 */
public final class RtpFeed {
    private static final long KEPT_NANOS = 1_500_000_000L;
    private static final int KEPT_PACKETS = 2_048;
    private static final int KEPT_BYTES = 8 << 20;

    private final Rendition.Video rendition;
    private final Packetiser packetiser;
    private final Deque<FedPicture> pictures = new ArrayDeque<>();
    private final Map<Integer, RtpFeed> smaller = new HashMap<>();
    private final SendDelays delays = new SendDelays();
    private long packets;
    private int keptBytes;

    /** Creates an empty feed. */
    public RtpFeed(Rendition.Video rendition) {
        this(rendition, Packetiser.of(rendition.codec()));
    }

    private RtpFeed(Rendition.Video rendition, Packetiser packetiser) {
        this.rendition = rendition;
        this.packetiser = packetiser;
    }

    /** The rendition of this feed. */
    public Rendition.Video rendition() {
        return rendition;
    }

    /**
     * A frame was sent to one more viewer as soon as it came. The delay of a frame that stands for a missing one counts from
     * its presentation timestamp.
     */
    public void sent(EncodedFrame frame, long nowNanos) {
        delays.sent(frame.seq(), nowNanos - frame.presentationNanos(), frame.encodingNanos());
    }

    /** How long frames took from capture until they were sent to all viewers; any thread. */
    public SendDelays delays() {
        return delays;
    }

    /** The same frames in packets for datagrams of at most so many bytes of UDP payload. */
    RtpFeed inDatagramsOf(int bytes) {
        int greatest = bytes - Packetiser.BESIDES;
        return greatest >= Packetiser.GREATEST_PAYLOAD
                ? this
                : smaller.computeIfAbsent(greatest, size -> new RtpFeed(rendition, packetiser.cuttingTo(size)));
    }

    /** A frame's packets; the frame is packetised when its first viewer asks. */
    List<FeedPacket> packets(EncodedFrame frame, long nowNanos) {
        for (Iterator<FedPicture> newestFirst = pictures.descendingIterator(); newestFirst.hasNext(); ) {
            FedPicture picture = newestFirst.next();
            if (picture.seq() == frame.seq()) {
                return picture.packets();
            }
        }
        return cut(frame, nowNanos);
    }

    /** A packet by its number, if it is still stored. */
    Optional<FeedPacket> packet(long index) {
        for (Iterator<FedPicture> newestFirst = pictures.descendingIterator(); newestFirst.hasNext(); ) {
            FedPicture picture = newestFirst.next();
            if (index >= picture.firstIndex()) {
                long at = index - picture.firstIndex();
                return at < picture.packets().size()
                        ? Optional.of(picture.packets().get((int) at))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<FeedPacket> cut(EncodedFrame frame, long nowNanos) {
        byte[] bytes = new byte[frame.size()];
        frame.data().get(bytes);
        List<byte[]> payloads = packetiser.payloads(bytes);
        long first = packets;
        List<FeedPacket> cut = new ArrayList<>(payloads.size());
        for (byte[] payload : payloads) {
            boolean last = cut.size() == payloads.size() - 1;
            cut.add(new FeedPacket(packets++, payload, last, frame.captureNanos()));
        }
        pictures.addLast(new FedPicture(frame.seq(), nowNanos, first, bytes.length, cut));
        keptBytes += bytes.length;
        forget(nowNanos);
        return cut;
    }

    private void forget(long nowNanos) {
        while (pictures.size() > 1 && !kept(pictures.getFirst(), nowNanos)) {
            keptBytes -= pictures.removeFirst().bytes();
        }
    }

    private boolean kept(FedPicture oldest, long nowNanos) {
        return nowNanos - oldest.cutNanos() <= KEPT_NANOS
                && packets - oldest.firstIndex() <= KEPT_PACKETS
                && keptBytes <= KEPT_BYTES;
    }

    private record FedPicture(long seq, long cutNanos, long firstIndex, int bytes, List<FeedPacket> packets) {}
}
