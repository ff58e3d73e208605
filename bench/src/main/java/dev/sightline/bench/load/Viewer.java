package dev.sightline.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection that watches a stream. Used by one thread. */
final class Viewer implements PictureParser.Listener {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)content-type:\\s*multipart/x-mixed-replace;\\s*boundary=\"?([^\"\\s;]+)");

    private static final String SOCKET_IO = "/socket.io/";

    private final SocketChannel channel;
    private final boolean socketIo;
    private final Pace pace;
    private final Period period;
    private final ResponseHead head = new ResponseHead();
    private @Nullable PictureParser parser;
    private boolean sawPicture;
    private boolean gone;
    private double allowance;
    private long allowanceNanos = System.nanoTime();
    private long frames;
    private long frameNanos = System.nanoTime();
    private long gapNanos;

    private Viewer(SocketChannel channel, boolean socketIo, Pace pace, Period period) {
        this.channel = channel;
        this.socketIo = socketIo;
        this.pace = pace;
        this.period = period;
    }

    /** Connects and asks for the stream; the answer is read later. */
    static Viewer open(URI address, InetSocketAddress from, Pace pace, Period period) throws IOException {
        return new Viewer(Request.send(address, from), address.getPath().startsWith(SOCKET_IO), pace, period);
    }

    SocketChannel channel() {
        return channel;
    }

    Pace pace() {
        return pace;
    }

    /** Pictures read in the present period. */
    long frames() {
        return frames;
    }

    /** The longest time without a picture in the present period, up to now. */
    long gapNanos() {
        return Math.max(gapNanos, System.nanoTime() - frameNanos);
    }

    void startPeriod() {
        frames = 0;
        frameNanos = System.nanoTime();
        gapNanos = 0;
    }

    /** Whether the connection has ended. */
    boolean isGone() {
        return gone;
    }

    /** Reads what there is, as far as the pace allows. */
    void read(ByteBuffer buffer) {
        try {
            buffer.clear();
            if (!pace.isGood()) {
                buffer.limit((int) Math.min(buffer.capacity(), Math.max(0, allowedBytes())));
            }
            int count = buffer.hasRemaining() ? channel.read(buffer) : 0;
            if (count < 0) {
                close();
            } else if (count > 0) {
                allowance -= count;
                period.bytes(pace, count);
                received(buffer.flip());
            }
        } catch (IOException e) {
            close();
        }
    }

    private long allowedBytes() {
        if (pace.equals(Pace.STOPPED)) {
            return sawPicture ? 0 : Integer.MAX_VALUE;
        }
        long now = System.nanoTime();
        allowance += pace.bytesPerSecond() * (now - allowanceNanos) / 1e9;
        allowanceNanos = now;
        return (long) allowance;
    }

    private void received(ByteBuffer bytes) throws IOException {
        if (parser == null && head.feed(bytes)) {
            parser = parser();
        }
        if (parser != null) {
            parser.feed(bytes, this);
        }
    }

    private PictureParser parser() throws IOException {
        if (head.isUpgrade()) {
            return socketIo ? new SocketIoParser() : new WebSocketParser();
        }
        Matcher boundary = BOUNDARY.matcher(head.toString());
        if (head.toString().startsWith("HTTP/1.1 200 ") && boundary.find()) {
            return new MultipartParser(boundary.group(1));
        }
        throw head.refused();
    }

    /** Says that this end lives, which one who does not read would not be asked. */
    void sayAlive() {
        if (parser != null) {
            answer(parser.signOfLife());
        }
    }

    @Override
    public void picture(PictureHead head) {
        frames++;
        gapNanos = gapNanos();
        frameNanos = System.nanoTime();
        sawPicture = true;
        period.picture(pace, head.captureMillis());
    }

    @Override
    public void answer(byte[] bytes) {
        try {
            channel.write(ByteBuffer.wrap(bytes));
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
