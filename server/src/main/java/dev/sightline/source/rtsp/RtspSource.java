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
 * <p>FFmpeg asks first. Where the server refuses, an {@link RtspRelay} asks a second time, which can answer more questions for a password
 * and tells with what status it was refused.
 */
final class RtspSource implements Source {
    private static final Pattern REFUSAL = Pattern.compile("\\((?:4|5)(?:\\d\\d|xx)\\)|rotocol not supported");

    private final NetworkAddress server;
    private final SourceOptions options;
    private final Limits limits;

    /**
     * Whether the server took the login from neither. Then the relay alone asks, which answers whatever FFmpeg does: cameras lock
     * an account after a few wrong passwords, so an attempt is one.
     */
    private volatile boolean loginRefused;

    /** The source at an address, not asked yet. */
    RtspSource(NetworkAddress server, SourceOptions options, Limits limits) {
        this.server = server;
        this.options = options;
        this.limits = limits;
    }

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
        Optional<RtspRelay> relay = loginRefused ? relay() : Optional.empty();
        return relay.isPresent() ? throughRelay(relay.get(), numbering) : directly(numbering);
    }

    private SourceReader directly(Numbering numbering) throws SourceException, InterruptedException {
        try {
            return LiveReader.open(input(server.secret()), numbering);
        } catch (SourceException direct) {
            Optional<RtspRelay> relay = isForRelay(direct) ? relay() : Optional.empty();
            if (relay.isEmpty()) {
                throw direct;
            }
            try {
                return throughRelay(relay.get(), numbering);
            } catch (SourceException later) {
                later.addSuppressed(direct);
                throw later;
            }
        }
    }

    /** Whether the server answered and refused, and the relay can do better: FFmpeg does not tell with which status, and knows one kind of digest. */
    private boolean isForRelay(SourceException failure) {
        String message = String.valueOf(failure.getMessage());
        return server.scheme().equals("rtsp")
                && REFUSAL.matcher(message).find()
                && (server.login().isPresent() || !message.contains("(401)"));
    }

    /** Empty where the server cannot be reached. */
    private Optional<RtspRelay> relay() {
        try {
            return Optional.of(RtspRelay.open(server, limits.open()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private SourceReader throughRelay(RtspRelay relay, Numbering numbering)
            throws SourceException, InterruptedException {
        try {
            SourceReader reader = new RelayedReader(LiveReader.open(input(relay.url()), numbering), relay);
            loginRefused = false;
            return reader;
        } catch (SourceException failure) {
            relay.close();
            throw explained(failure, relay.refusal());
        } catch (InterruptedException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    private SourceException explained(SourceException failure, OptionalInt status) {
        if (status.isEmpty()) {
            return failure;
        }
        loginRefused = status.getAsInt() == 401;
        boolean login = server.login().isPresent();
        return new SourceException(
                server.hostAndPort() + ": " + RtspRefusal.explain(status.getAsInt(), login, options.rtspTransport()));
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
                        "timeout", Long.toString(Limits.GUARD.toNanos() / 1_000),
                        "fflags", "nobuffer",
                        // How long a datagram that is missing is waited for, in microseconds.
                        "max_delay", "200000"),
                MediaInput.Timing.ARRIVAL,
                limits,
                options.deinterlace());
    }
}
