package dev.sightline.app.configuration;

import dev.sightline.config.Node;
import dev.sightline.config.Unwrapped;
import dev.sightline.processor.Parameter;
import dev.sightline.socketio.StreamEvents;
import dev.sightline.source.EgressRule;
import dev.sightline.source.EgressSettings;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.Egress;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.Mirror;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a configuration says of one stream.
 *
 * @param source its source's address
 * @param process its processors, as shorthand or as a list
 * @param clientProcessors the processors that a sender may choose, as shorthand or as a list
 * @param maxSenders how many may send to a mirror at the same time
 * @param maxViewers how many may watch it at the same time
 * @param onDemand whether the source is open only while somebody watches
 * @param reading how its source is read
 * @param socketIo its events for Socket.IO clients
 */
public record StreamConfig(
        @Parameter(
                "Where the pictures come from: rtsp://…, http(s)://…, a file, camera:0, pattern:640x480@30, publish:, mirror:.")
        String source,

        @Parameter("What runs on every picture, in order: faces,clock or [resize: {width: 400}, clock].")
        Node process,

        @Parameter("What those who send pictures to publish: and mirror: may choose to run after these.")
        Node clientProcessors,

        @Parameter(value = "How many may send to a mirror: at the same time.", min = 1, max = 10_000, byDefault = "64")
        int maxSenders,

        @Parameter(
                value = "How many may watch it at the same time; one more is answered 503.",
                min = 1,
                max = 1_000_000,
                byDefault = "10000")
        int maxViewers,

        @Parameter(
                value = "Open the source with the first viewer, and close it 10 s after the last.",
                byDefault = "false")
        boolean onDemand,

        @Unwrapped Reading reading,

        @Parameter("Its events for Socket.IO clients.") StreamEvents socketIo) {
    /** Stands for the server's own process. */
    public static final String NO_WORKER = "none";

    /**
     * How a source is read.
     *
     * @param loop whether a file starts again at its end
     * @param rtspTransport how pictures travel from an RTSP server
     * @param deinterlace whether interlaced video is deinterlaced
     * @param egress where it may lead
     * @param worker the worker process that it runs in, or {@value #NO_WORKER}; empty for that of the section workers
     */
    public record Reading(
            @Parameter(value = "Start a file again at its end.", byDefault = "true")
            boolean loop,

            @Parameter(value = "How pictures travel from an RTSP server: tcp or udp.", byDefault = "tcp")
            RtspTransport rtspTransport,

            @Parameter(
                    value = "Deinterlace pictures that are flagged interlaced (auto), or never (off).",
                    byDefault = "auto")
            Deinterlace deinterlace,

            @Parameter(
                    value =
                            "Where the source may lead: any address, or only what the section egress allows (checked), as for sources from the API.",
                    byDefault = "any",
                    fileOnly = true)
            Egress egress,

            @Parameter(
                    value =
                            "Run it in the worker process of this name, whose crash costs it a second, or none: in the server. Left out: as workers: shared says.",
                    fileOnly = true)
            Optional<String> worker) {
        static final Reading DEFAULTS =
                new Reading(true, RtspTransport.TCP, Deinterlace.AUTO, Egress.ANY, Optional.empty());
    }

    /** A stream of the given source, everything else by default. */
    public static StreamConfig of(String source, Node process) {
        return of(source, process, new Node.Empty(process.place()));
    }

    /** The same, with processors that senders may choose. */
    public static StreamConfig of(String source, Node process, Node clientProcessors) {
        return new StreamConfig(
                source,
                process,
                clientProcessors,
                Mirror.DEFAULT_SESSIONS,
                LiveStream.DEFAULT_VIEWERS,
                false,
                Reading.DEFAULTS,
                StreamEvents.DEFAULTS);
    }

    /** What the source is to know besides its address; relative files are meant from the folder. */
    SourceOptions sourceOptions(Path folder, EgressSettings egress) {
        SourceOptions options =
                new SourceOptions(reading.loop(), reading.rtspTransport(), reading.deinterlace()).in(folder);
        return reading.egress() == Egress.ANY ? options : options.within(EgressRule.checked(egress));
    }
}
