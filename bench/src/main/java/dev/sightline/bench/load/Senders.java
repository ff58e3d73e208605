package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * All senders. Each sends at its own moments, as often as the others and without regard to them; the moments are the same
 * in every period. Used by one thread, which sends, reads and looks at the clock.
 */
final class Senders {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long is waited for the last results. */
    private static final long LAST_RESULTS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Ages roundTrips = new Ages();
    private final List<Sender> senders = new ArrayList<>();
    private final List<ByteBuffer> pictures;

    /** With the messages to send, in turns. */
    Senders(List<ByteBuffer> pictures) throws IOException {
        this.selector = Selector.open();
        this.pictures = pictures;
    }

    /** Adds senders to an address, and waits until the server has taken them. */
    void add(int count, URI address) throws IOException {
        for (int i = 0; i < count; i++) {
            Sender sender = Sender.open(address, roundTrips);
            senders.add(sender);
            sender.channel().register(selector, SelectionKey.OP_READ, sender);
        }
        serveUntil(System.nanoTime() + READY_NANOS, () -> senders.stream().allMatch(Sender::isReady));
        if (!senders.stream().allMatch(Sender::isReady)) {
            throw new IOException("not everybody could connect to " + address);
        }
    }

    /** Sends all home. */
    void clear() throws IOException {
        senders.forEach(Sender::close);
        senders.clear();
        selector.selectNow();
    }

    /** All send so often for so long; then the last results are waited for. */
    RoundTrips measure(long millis, int fps) throws IOException {
        roundTrips.clear();
        senders.forEach(Sender::startPeriod);
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        long[] due = firstMoments(start, fps);
        for (long next = earliest(due); next < end; next = earliest(due)) {
            serveUntil(next, () -> false);
            long now = System.nanoTime();
            for (int i = 0; i < due.length; i++) {
                if (due[i] <= now) {
                    senders.get(i).send(pictures);
                    due[i] += TimeUnit.SECONDS.toNanos(1) / fps;
                }
            }
        }
        serveUntil(end, () -> false);
        double seconds = (System.nanoTime() - start) / 1e9;
        serveUntil(end + LAST_RESULTS_NANOS, () -> senders.stream().allMatch(s -> s.answered() >= s.sent()));
        return result(seconds);
    }

    private long[] firstMoments(long start, int fps) {
        Random random = new Random(1);
        return senders.stream()
                .mapToLong(sender -> start + (long) (random.nextDouble() * TimeUnit.SECONDS.toNanos(1) / fps))
                .toArray();
    }

    private static long earliest(long[] due) {
        long earliest = Long.MAX_VALUE;
        for (long moment : due) {
            earliest = Math.min(earliest, moment);
        }
        return earliest;
    }

    /** Reads and goes on sending until a moment, or until all is done. */
    private void serveUntil(long end, BooleanSupplier done) throws IOException {
        for (long left = end - System.nanoTime(); left > 0 && !done.getAsBoolean(); left = end - System.nanoTime()) {
            senders.forEach(this::interest);
            // A picture may leave up to a millisecond late; its time counts from then on.
            selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    private void interest(Sender sender) {
        SelectionKey key = sender.channel().keyFor(selector);
        if (key != null && key.isValid()) {
            int ops = SelectionKey.OP_READ | (sender.isSending() ? SelectionKey.OP_WRITE : 0);
            if (key.interestOps() != ops) {
                key.interestOps(ops);
            }
        }
    }

    private void ready(SelectionKey key) {
        Sender sender = (Sender) key.attachment();
        if (key.isWritable()) {
            sender.goOn();
        }
        if (key.isValid() && key.isReadable()) {
            sender.read(buffer);
        }
    }

    private RoundTrips result(double seconds) {
        long answered = senders.stream().mapToLong(Sender::answered).sum();
        long bytes = senders.stream().mapToLong(Sender::bytes).sum();
        return new RoundTrips(
                senders.size(),
                (int) senders.stream().filter(Sender::isGone).count(),
                seconds,
                senders.stream().mapToLong(Sender::sent).sum(),
                senders.stream().mapToLong(Sender::skipped).sum(),
                answered,
                answered == 0 ? 0 : (double) bytes / answered,
                new RoundTrips.Millis(roundTrips.quantile(0.5), roundTrips.quantile(0.99), roundTrips.quantile(1)));
    }
}
