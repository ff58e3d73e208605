package dev.sightline.source.rtsp;

import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Hosts;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.LiveReader;
import dev.sightline.source.ffmpeg.MediaInput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Live video from an RTSP server (RFC 2326).
 *
 * @param server where it is
 * @param options how RTP travels, and what becomes of interlaced video
 * @param limits how long to wait
 */
record RtspSource(NetworkAddress server, SourceOptions options, Limits limits) implements Source {
    private static final Pattern REFUSAL = Pattern.compile("\\((?:4|5)(?:\\d\\d|xx)\\)|rotocol not supported");

    @Override
    public String address() {
        return server.masked();
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        Hosts.find(server.host(), limits.open());
        try {
            return LiveReader.open(input(server.secret()), numbering);
        } catch (SourceException direct) {
            if (!server.scheme().equals("rtsp") || !isRefusal(direct)) {
                throw direct;
            }
            return throughRelay(numbering, direct);
        }
    }

    /** Whether the server answered, and refused: FFmpeg does not tell with which status, and knows one kind of digest. */
    private static boolean isRefusal(SourceException failure) {
        return REFUSAL.matcher(String.valueOf(failure.getMessage())).find();
    }

    private SourceReader throughRelay(Numbering numbering, SourceException direct)
            throws SourceException, InterruptedException {
        RtspRelay relay;
        try {
            relay = RtspRelay.open(server, limits.open());
        } catch (IOException e) {
            throw direct;
        }
        try {
            return new RelayedReader(LiveReader.open(input(relay.url()), numbering), relay);
        } catch (SourceException e) {
            relay.close();
            OptionalInt status = relay.refusal();
            if (status.isEmpty()) {
                throw direct;
            }
            boolean login = server.login().isPresent();
            throw new SourceException(server.hostAndPort() + ": "
                    + RtspRefusal.explain(status.getAsInt(), login, options.rtspTransport()));
        } catch (InterruptedException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    private MediaInput input(String url) {
        return new MediaInput(
                server.hostAndPort(),
                url,
                Optional.of("rtsp"),
                // An RTSP server may send an MPEG transport stream inside RTP.
                List.of("rtsp", "mpegts"),
                List.of("rtsp", "rtsps", "tcp", "tls", "udp", "rtp"),
                Map.of(
                        "rtsp_transport", options.rtspTransport().name().toLowerCase(Locale.ROOT),
                        "allowed_media_types", "video",
                        "timeout", Long.toString(limits.open().toNanos() / 1_000),
                        "fflags", "nobuffer",
                        // How long a datagram that is missing is waited for, in microseconds.
                        "max_delay", "200000"),
                MediaInput.Timing.ARRIVAL,
                limits,
                options.deinterlace());
    }
}
