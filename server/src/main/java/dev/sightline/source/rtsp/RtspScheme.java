package dev.sightline.source.rtsp;

import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import dev.sightline.source.ffmpeg.Limits;
import java.nio.file.Path;
import java.util.Set;

/** Addresses of RTSP servers: {@code rtsp://} and, over TLS, {@code rtsps://}. */
public final class RtspScheme implements SourceScheme {
    static final Set<String> NAMES = Set.of("rtsp", "rtsps");
    private static final String EXAMPLE = "rtsp://192.168.1.20:554/stream1";

    public RtspScheme() {}

    @Override
    public Set<String> names() {
        return NAMES;
    }

    @Override
    public Source source(String address, SourceOptions options) {
        return new RtspSource(NetworkAddress.of(address, EXAMPLE).concealed(), options, Limits.LIVE);
    }

    @Override
    public void requireAllowed(String address, Path folder, EgressRule rule) {
        rule.requireHost(NetworkAddress.of(address, EXAMPLE));
    }
}
