package dev.sightline;

import dev.sightline.app.configuration.StreamAddress;
import dev.sightline.app.configuration.StreamAddress.Way;
import dev.sightline.app.configuration.StreamConfig;
import dev.sightline.config.Node;
import dev.sightline.config.Place;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.socketio.FramePayload;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.SourceOptions;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Describes one stream of an embedded server. */
public final class StreamBuilder {
    private final Place place;
    private final String name;
    private final List<Node> steps = new ArrayList<>();
    private final List<Node> choices = new ArrayList<>();
    private final List<CodeProcessor> code = new ArrayList<>();
    private final List<StreamAddress> addresses = new ArrayList<>();
    private String source = "";
    private int maxSenders = Mirror.DEFAULT_SESSIONS;
    private int maxViewers = LiveStream.DEFAULT_VIEWERS;
    private boolean onDemand;
    private boolean loop = true;
    private SourceOptions.RtspTransport rtspTransport = SourceOptions.RtspTransport.TCP;
    private SourceOptions.Deinterlace deinterlace = SourceOptions.Deinterlace.AUTO;
    private SourceOptions.Egress egress = SourceOptions.Egress.ANY;
    private StreamEvents socketIo = StreamEvents.DEFAULTS;
    private Optional<FramePayload> payload = Optional.empty();

    StreamBuilder(String name) {
        this.name = name;
        this.place = new Place("--stream " + name, 1, 1);
    }

    /**
     * Sets where the frames come from: {@code camera:0}, {@code rtsp://…}, {@code http://…}, a file, {@code
     * pattern:640x480@30}, {@code publish:}, {@code mirror:}.
     */
    public StreamBuilder source(String address) {
        source = address;
        return this;
    }

    /** Adds processors by name, in the notation of the command line: {@code resize:width=400,faces,clock}. */
    public StreamBuilder process(String shorthand) {
        steps.add(new Node.Scalar(shorthand, place));
        return this;
    }

    /** Adds your own processor; the supplier makes one for each pipeline. */
    public StreamBuilder process(Supplier<? extends FrameProcessor> processor) {
        return process("code-" + name + "-" + (code.size() + 1), processor);
    }

    /** Adds your own processor under a name for status and messages; the supplier makes one for each pipeline. */
    public StreamBuilder process(String processorName, Supplier<? extends FrameProcessor> processor) {
        code.add(new CodeProcessor(processorName, processor));
        steps.add(new Node.Scalar(processorName, place));
        return this;
    }

    /**
     * Adds processors that senders of {@code publish:} and {@code mirror:} streams may choose, which run after the others; in
     * the notation of the command line.
     */
    public StreamBuilder clientProcessors(String shorthand) {
        choices.add(new Node.Scalar(shorthand, place));
        return this;
    }

    /** Limits the senders to a {@code mirror:} at the same time; 64 by default. */
    public StreamBuilder maxSenders(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one may send, not " + most);
        }
        maxSenders = most;
        return this;
    }

    /** Limits the viewers at the same time; 10,000 by default. */
    public StreamBuilder maxViewers(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one may watch, not " + most);
        }
        maxViewers = most;
        return this;
    }

    /** Opens the source with the first viewer and closes it 10 s after the last. */
    public StreamBuilder onDemand() {
        onDemand = true;
        return this;
    }

    /** Sets whether a file starts again at its end; true by default. */
    public StreamBuilder loop(boolean again) {
        loop = again;
        return this;
    }

    /** Sets how frames travel from an RTSP server; TCP by default. */
    public StreamBuilder rtspTransport(RtspTransport transport) {
        rtspTransport = SourceOptions.RtspTransport.valueOf(transport.name());
        return this;
    }

    /** Sets whether interlaced video is deinterlaced; by default, frames flagged as interlaced are. */
    public StreamBuilder deinterlace(Deinterlace mode) {
        deinterlace = SourceOptions.Deinterlace.valueOf(mode.name());
        return this;
    }

    /** Lets the source lead only to what {@link Sightline#egress} allows, for an address that is not the program's own. */
    public StreamBuilder checkedEgress() {
        egress = SourceOptions.Egress.CHECKED;
        return this;
    }

    /** Also serves the frames at a further path, as multipart/x-mixed-replace. */
    public StreamBuilder mjpegAt(String path) {
        return at(new Way.Mjpeg(), OptionalInt.empty(), path);
    }

    /** Also serves the stream at a further path, like {@code /live/NAME/ws}. */
    public StreamBuilder webSocketAt(String path) {
        return at(new Way.WebSocket(), OptionalInt.empty(), path);
    }

    /** Also serves the stream on a port of its own, at that path, like {@code /live/NAME/ws}. */
    public StreamBuilder webSocketAt(int port, String path) {
        return at(new Way.WebSocket(), OptionalInt.of(port), path);
    }

    /**
     * Also serves a {@code mirror:} stream on a port of its own: frames in, answers out.
     *
     * @param quality of the JPEGs in the answers, 1 to 100; asked for every frame, by any event loop
     */
    public StreamBuilder webSocketAt(int port, String path, IntSupplier quality) {
        return at(new Way.Answers(quality), OptionalInt.of(port), path);
    }

    /** The same at a further path of the server's own port, for tunnels and proxies that lead to no other port. */
    public StreamBuilder webSocketAt(String path, IntSupplier quality) {
        return at(new Way.Answers(quality), OptionalInt.empty(), path);
    }

    /**
     * Also serves the stream by WebRTC to pages that POST {@code {sdp, type}} to a further path. An offer gets an answer; a
     * request without SDP gets an offer, as the pages of many tutorials expect.
     */
    public StreamBuilder webRtcOfferAt(String path) {
        return at(new Way.Offer(), OptionalInt.empty(), path);
    }

    private StreamBuilder at(Way way, OptionalInt port, String path) {
        addresses.add(new StreamAddress(name, way, port, path));
        return this;
    }

    List<StreamAddress> addresses() {
        return List.copyOf(addresses);
    }

    /**
     * Changes the stream's Socket.IO events; by default, viewers get {@code frame} with the JPEG as its argument.
     *
     * @param change makes the events from the default ones
     */
    public StreamBuilder socketIo(UnaryOperator<StreamEvents> change) {
        socketIo = change.apply(socketIo);
        return this;
    }

    /** Emits your own payload for each frame under an event's name: to viewers, and back to senders. */
    public StreamBuilder socketIo(String event, FramePayload ownPayload) {
        payload = Optional.of(ownPayload);
        return socketIo(events -> events.withOut(events.out().withEvent(event))
                .withReply(events.reply().withEvent(event)));
    }

    Optional<FramePayload> payload() {
        return payload;
    }

    StreamConfig config() {
        return new StreamConfig(
                source,
                new Node.Sequence(steps, place),
                new Node.Sequence(choices, place),
                maxSenders,
                maxViewers,
                onDemand,
                new StreamConfig.Reading(loop, rtspTransport, deinterlace, egress, Optional.empty()),
                socketIo);
    }

    List<CodeProcessor> code() {
        return List.copyOf(code);
    }
}
