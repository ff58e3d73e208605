package dev.sightline.bench.floor;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The floor of round trips: answers every WebSocket message on the event loop it came to, over bare Netty. No streams, no
 * slots, no identity, no counts. It ends with its standard input.
 */
public final class AnswerServer {
    private AnswerServer() {}

    /** Takes {@code echo}, to send back what came, or {@code gray}, to send back the picture in gray. */
    public static void main(String[] arguments) throws IOException {
        boolean gray = arguments[0].equals("gray");
        if (gray) {
            GrayJpeg.oneThread();
        }
        Map<Thread, GrayJpeg> codecs = new ConcurrentHashMap<>();
        UnaryOperator<ByteBuffer> answer = gray
                ? picture -> codecs.computeIfAbsent(Thread.currentThread(), thread -> new GrayJpeg())
                        .of(picture)
                : picture -> picture;
        System.out.println("port " + Listening.start(channel -> prepare(channel, answer)));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void prepare(Channel channel, UnaryOperator<ByteBuffer> answer) {
        channel.pipeline().addLast(new Answering(answer));
    }
}
