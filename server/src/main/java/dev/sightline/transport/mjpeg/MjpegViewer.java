package dev.sightline.transport.mjpeg;

import dev.sightline.frame.EncodedFrame;
import dev.sightline.http.Headers;
import dev.sightline.http.SharedBuffers;
import dev.sightline.http.StreamedResponse;
import dev.sightline.stream.fanout.Subscriber;
import dev.sightline.stream.fanout.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** One viewer of an endless MJPEG answer. Used on its connection's event loop. */
final class MjpegViewer implements Subscriber {
    static final Headers HEADERS = Headers.NONE
            .with("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            .with("Cache-Control", "no-store")
            .with("X-Accel-Buffering", "no");

    private final StreamedResponse response;
    private final PartForm form;
    private final SharedBuffers.Share<?, EncodedFrame> parts;
    private boolean begun;
    private boolean over;

    /** Uses a share in the wire buffers of its rendition and form, and leaves it at the connection's end. */
    MjpegViewer(StreamedResponse response, PartForm form, SharedBuffers.Share<?, EncodedFrame> parts) {
        this.response = response;
        this.form = form;
        this.parts = parts;
    }

    /** Begins the answer; called before the first frame is handed over. */
    void start(Subscription subscription) {
        response.onClose(() -> {
            subscription.close();
            parts.leave();
        });
        response.begin(200, HEADERS, subscription::ready);
    }

    @Override
    public void onFrame(EncodedFrame frame) {
        if (!over) {
            send(frame);
        }
    }

    /** An {@code <img>} shows the last part for ever, so it must not look live. */
    @Override
    public void onFarewell(EncodedFrame slate) {
        if (!over) {
            over = true;
            send(slate);
        }
    }

    private void send(EncodedFrame frame) {
        ByteBuf part = parts.of(frame);
        response.send(begun ? part : Unpooled.wrappedBuffer(beginning(), part));
        begun = true;
    }

    @Override
    public void onEnd() {
        response.end();
    }

    @Override
    public void onDisconnect(String why) {
        over = true;
        String end = form.end(why);
        if (!end.isEmpty()) {
            response.send(Unpooled.wrappedBuffer(PartForm.ascii(end)));
        }
        response.end();
    }

    private ByteBuf beginning() {
        return Unpooled.wrappedBuffer(PartForm.ascii(form.beginning()));
    }
}
