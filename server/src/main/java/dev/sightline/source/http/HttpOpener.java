package dev.sightline.source.http;

import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.SourceException;
import dev.sightline.source.ffmpeg.ByteOpener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a web server's resources for FFmpeg: the input, and what its playlists name, only by HTTP and as far as the {@link
 * EgressRule} of the server allows.
 */
final class HttpOpener implements ByteOpener {
    /** For all playlists of an input, in units of {@link Playlist#weight}. */
    private static final long MOST_WEIGHT = 32 << 20;

    private final String subject;
    private final WebAddress start;
    private final PictureRequest request;
    private final Map<String, Long> playlists = new HashMap<>();

    /** Creates an opener for an address, which may lead anywhere if there is no rule. */
    HttpOpener(NetworkAddress server, Optional<EgressRule> egress) {
        this.subject = server.hostAndPort();
        this.start = WebAddress.of(server.secret());
        this.request = new PictureRequest(subject, start, egress);
    }

    @Override
    public OpenBytes open(Duration limit) throws SourceException, InterruptedException {
        return open(start, 0, Optional.empty(), limit);
    }

    @Override
    public OpenBytes open(String url, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException {
        WebAddress address = start.redirected(url)
                .filter(next -> url.contains("://"))
                .orElseThrow(
                        () -> new SourceException(subject + ": it names something that is not a web server's address"));
        return open(address, from, end, limit);
    }

    private OpenBytes open(WebAddress address, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException {
        HttpBytes bytes = HttpBytes.open(subject, request, address, from, end, limit);
        try {
            return bytes.isPlaylist() ? playlist(bytes, address, limit) : bytes;
        } catch (SourceException | InterruptedException | RuntimeException failure) {
            bytes.close();
            throw failure;
        }
    }

    private OpenBytes playlist(HttpBytes bytes, WebAddress address, Duration limit)
            throws SourceException, InterruptedException {
        Playlist playlist = bytes.playlist(limit);
        boolean first = playlists.isEmpty();
        if (playlist.master() && !first) {
            throw new SourceException(subject + ": its playlists name playlists that name others");
        }
        playlists.put(address.url(), playlist.weight());
        if (playlists.values().stream().mapToLong(Long::longValue).sum() > MOST_WEIGHT) {
            throw new SourceException(subject + ": its playlists name more than a server can keep");
        }
        return new PlaylistBytes(bytes.url(), playlist);
    }
}
