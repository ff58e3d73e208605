package dev.sightline.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection that sends pictures and takes their results. A result is matched by the number that its identity tells,
 * which counts what came on this connection; results without one are taken to come in order. Used by one thread.
 */
final class Sender implements PictureParser.Listener {
    private static final int REMEMBERED = 4_096;

    private final SocketChannel channel;
    private final ResponseHead head = new ResponseHead();
    private final PictureParser parser = new WebSocketParser();
    private final Ages roundTrips;
    private final long[] sentNanos = new long[REMEMBERED];
    private @Nullable ByteBuffer leaving;
    private boolean gone;
    private long totalSent;
    private long totalAnswered;
    private long sent;
    private long skipped;
    private long answered;
    private long bytes;

    private Sender(SocketChannel channel, Ages roundTrips) {
        this.channel = channel;
        this.roundTrips = roundTrips;
    }

    /** Connects; the answer is read later. */
    static Sender open(URI address, Ages roundTrips) throws IOException {
        return new Sender(Request.send(address), roundTrips);
    }

    SocketChannel channel() {
        return channel;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether the server has taken it. */
    boolean isReady() {
        return head.isUpgrade();
    }

    /** Whether a picture has not left completely. */
    boolean isSending() {
        return leaving != null;
    }

    long sent() {
        return sent;
    }

    long skipped() {
        return skipped;
    }

    long answered() {
        return answered;
    }

    long bytes() {
        return bytes;
    }

    void startPeriod() {
        sent = 0;
        skipped = 0;
        answered = 0;
        bytes = 0;
    }

    /** Sends the next of the pictures, unless the last has not left yet. */
    void send(List<ByteBuffer> pictures) {
        if (gone || isSending()) {
            skipped++;
            return;
        }
        totalSent++;
        sent++;
        sentNanos[(int) (totalSent % REMEMBERED)] = System.nanoTime();
        leaving = pictures.get((int) (totalSent % pictures.size())).duplicate();
        goOn();
    }

    /** Sends what is left of a picture. */
    void goOn() {
        ByteBuffer picture = leaving;
        try {
            if (picture != null) {
                channel.write(picture);
                leaving = picture.hasRemaining() ? picture : null;
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Reads what there is. */
    void read(ByteBuffer buffer) {
        try {
            int count = channel.read(buffer.clear());
            if (count < 0) {
                close();
            } else if (head.feed(buffer.flip())) {
                received(buffer);
            }
        } catch (IOException e) {
            close();
        }
    }

    private void received(ByteBuffer buffer) throws IOException {
        if (!head.isUpgrade()) {
            throw head.refused();
        }
        bytes += buffer.remaining();
        parser.feed(buffer, this);
    }

    @Override
    public void picture(PictureHead result) {
        totalAnswered++;
        answered++;
        double told = result.seq();
        long number = Double.isNaN(told) ? totalAnswered : (long) told;
        roundTrips.add((System.nanoTime() - sentNanos[(int) (number % REMEMBERED)]) / 1e6);
    }

    @Override
    public void answer(byte[] frame) {
        // Not in between a picture: pings come every 20 s, and a minute is left for an answer.
        try {
            if (!isSending()) {
                channel.write(ByteBuffer.wrap(frame));
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void goodbye() {
        close();
    }

    void close() {
        gone = true;
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
