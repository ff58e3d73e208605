package dev.sightline.source.http;

import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Formats;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.source.ffmpeg.MediaInput;
import dev.sightline.source.ffmpeg.NetworkReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Frames from a web server. A recording, HLS and a still image are played at their own pace, like a file; live frames are
 * delivered as they arrive.
 *
 * @param server its address
 * @param options whether a recording starts again at its end, and what happens to interlaced video
 * @param limits how long to wait
 */
record HttpSource(NetworkAddress server, SourceOptions options, Limits limits) implements Source {
    @Override
    public String address() {
        return server.masked();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        return NetworkReader.open(input(), options.loop(), numbering);
    }

    private MediaInput input() {
        return new MediaInput(
                server.hostAndPort(),
                server.masked(),
                new MediaInput.Demuxing(
                        Optional.empty(),
                        Formats.selfContainedOrHls(),
                        List.of(),
                        // If enabled, both make FFmpeg look for its own connection behind our reader.
                        Map.of("http_persistent", "0", "http_multiple", "0")),
                MediaInput.Timing.AS_FOUND,
                limits,
                options.deinterlace(),
                Optional.of(() -> new HttpOpener(server, options.egress())));
    }
}
