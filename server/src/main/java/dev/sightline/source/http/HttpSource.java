package dev.sightline.source.http;

import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Formats;
import dev.sightline.source.ffmpeg.Hosts;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.MediaInput;
import dev.sightline.source.ffmpeg.NetworkReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures from a web server. A recording, HLS and a still picture are played at their own pace,
 * like a file; what is live is given out as it arrives.
 *
 * @param server where it is
 * @param options whether a recording starts again at its end, and what becomes of interlaced video
 * @param limits how long to wait
 */
record HttpSource(NetworkAddress server, SourceOptions options, Limits limits) implements Source {
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
        return NetworkReader.open(input(), options.loop(), numbering);
    }

    private MediaInput input() {
        return new MediaInput(
                server.hostAndPort(),
                server.secret(),
                Optional.empty(),
                Formats.selfContainedOrHls(),
                List.of("http", "https", "tcp", "tls", "crypto"),
                // FFmpeg waits longer than it is let: what slow sources may take is told by the limits. An empty proxy:
                // FFmpeg would take one from the environment, for cameras next door as well.
                Map.of(
                        "rw_timeout", Long.toString(Limits.GUARD.toNanos() / 1_000),
                        "user_agent", "Sightline",
                        "http_proxy", ""),
                MediaInput.Timing.AS_FOUND,
                limits,
                options.deinterlace());
    }
}
