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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Live video from an RTSP server (RFC 2326).
 *
 * @param server where it is
 * @param options how RTP travels, and what becomes of interlaced video
 * @param limits how long to wait
 */
record RtspSource(NetworkAddress server, SourceOptions options, Limits limits) implements Source {
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
        return LiveReader.open(input(), numbering);
    }

    private MediaInput input() {
        return new MediaInput(
                server.hostAndPort(),
                server.secret(),
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
