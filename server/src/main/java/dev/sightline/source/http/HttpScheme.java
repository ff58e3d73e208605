package dev.sightline.source.http;

import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceScheme;
import dev.sightline.source.ffmpeg.Limits;
import java.nio.file.Path;
import java.util.Set;

/** Addresses of images and videos on web servers: {@code http://} and {@code https://}. */
public final class HttpScheme implements SourceScheme {
    private static final String EXAMPLE = "http://192.168.1.20/video.mjpg";

    public HttpScheme() {}

    @Override
    public Set<String> names() {
        return Set.of("http", "https");
    }

    @Override
    public Source source(String address, SourceOptions options) {
        return new WebSource(NetworkAddress.of(address, EXAMPLE).concealed(), options, Limits.LIVE);
    }

    @Override
    public void requireAllowed(String address, Path folder, EgressRule rule) {
        rule.requireHost(NetworkAddress.of(address, EXAMPLE));
    }
}
