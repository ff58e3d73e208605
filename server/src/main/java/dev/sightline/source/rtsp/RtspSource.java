package dev.sightline.source.rtsp;

import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.NetworkAddress.Login;
import dev.sightline.source.NetworkFailure;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Live video from an RTSP server (RFC 2326), by FFmpeg through an {@link RtspRelay}.
 *
 * @param server its address
 * @param options how RTP travels, and what happens to interlaced video
 * @param limits how long to wait
 */
record RtspSource(NetworkAddress server, SourceOptions options, Limits limits) implements Source {
    private static final int MOST_REDIRECTS = 8;
    private static final String EXAMPLE = "rtsp://host/path";

    @Override
    public String address() {
        return server.masked();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        long end = System.nanoTime() + limits.open().toNanos();
        NetworkAddress address = server;
        Optional<EgressRule> rule = options.egress();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            RtspRelay relay = relay(address, rule, left);
            rule = rule.or(() -> Optional.of(relay.rule()));
            Optional<SourceReader> reader = read(relay, left, numbering);
            if (reader.isPresent()) {
                return reader.get();
            }
            address = redirected(relay.redirect().orElseThrow());
        }
        throw new SourceException(server.hostAndPort() + ": it redirects more than " + MOST_REDIRECTS + " times");
    }

    private RtspRelay relay(NetworkAddress address, Optional<EgressRule> rule, Duration limit)
            throws SourceException, InterruptedException {
        Hosts.find(address.host(), limit);
        try {
            return RtspRelay.open(address, login(address), rule, limit);
        } catch (IOException e) {
            throw NetworkFailure.of(server.hostAndPort(), e, limits.open());
        }
    }

    /** User and password go only to the same host, and never from TLS to plain RTSP. */
    private Optional<Login> login(NetworkAddress address) {
        boolean trusted = address.host().equalsIgnoreCase(server.host())
                && (address.scheme().equals("rtsps") || server.scheme().equals("rtsp"));
        return address.login().or(() -> trusted ? server.login() : Optional.empty());
    }

    /** Empty if the server redirects. */
    private Optional<SourceReader> read(RtspRelay relay, Duration left, Numbering numbering)
            throws SourceException, InterruptedException {
        try {
            SourceReader reader = LiveReader.open(input(relay.url(), left), numbering);
            relay.renew();
            return Optional.of(new RelayedReader(server.hostAndPort(), reader, relay));
        } catch (SourceException failure) {
            relay.close();
            if (relay.redirect().isPresent()) {
                return Optional.empty();
            }
            throw explained(failure, relay);
        } catch (InterruptedException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    private NetworkAddress redirected(String location) throws SourceException {
        try {
            NetworkAddress address = NetworkAddress.of(location, EXAMPLE);
            if (RtspScheme.NAMES.contains(address.scheme())) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // Reported in the same words.
        }
        throw new SourceException(
                server.hostAndPort() + ": it redirects to something that is not an RTSP server's address");
    }

    private SourceException explained(SourceException failure, RtspRelay relay) {
        Optional<String> reason = relay.excess();
        if (reason.isEmpty() && relay.refusal().isPresent()) {
            boolean login = server.login().isPresent();
            reason = Optional.of(RtspRefusal.explain(relay.refusal().getAsInt(), login, options.rtspTransport()));
        }
        return reason.map(words -> new SourceException(server.hostAndPort() + ": " + words, failure))
                .orElse(failure);
    }

    private MediaInput input(String url, Duration left) {
        return new MediaInput(
                server.hostAndPort(),
                url,
                new MediaInput.Demuxing(
                        Optional.of("rtsp"),
                        // An RTSP server may send an MPEG transport stream inside RTP.
                        List.of("rtsp", "mpegts"),
                        List.of("rtsp", "tcp", "udp", "rtp"),
                        Map.of(
                                "rtsp_transport", options.rtspTransport().name().toLowerCase(Locale.ROOT),
                                "allowed_media_types", "video",
                                "timeout", Long.toString(Limits.GUARD.toNanos() / 1_000),
                                "fflags", "nobuffer",
                                // How long to wait for a missing datagram, in microseconds.
                                "max_delay", "200000")),
                MediaInput.Timing.ARRIVAL,
                new Limits(left, limits.first(), limits.read()),
                options.deinterlace());
    }
}
