package dev.sightline.source.http;

import dev.sightline.source.EgressRule;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.NetworkFailure;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Any resource of a web server: cameras' pictures are found here, more leniently than by FFmpeg; everything else is read by
 * FFmpeg, for which we fetch the bytes ({@link HttpOpener}).
 *
 * <p>The server's answer shows which it is. A video is requested a second time, after the first connection was closed. If that
 * fails, because some cameras allow one connection and notice its end late, the next attempt uses FFmpeg from the beginning.
 */
final class WebSource implements Source {
    private final NetworkAddress server;
    private final HttpSource video;
    private final boolean loop;
    private final Limits limits;
    private final Optional<EgressRule> egress;
    /** Whether the next attempt uses FFmpeg at once. */
    private volatile boolean isVideo;

    /** Creates the source of an address, without a request. */
    WebSource(NetworkAddress server, SourceOptions options, Limits limits) {
        this.server = server;
        this.video = new HttpSource(server, options, limits);
        this.loop = options.loop();
        this.limits = limits;
        this.egress = options.egress();
    }

    @Override
    public String address() {
        return server.masked();
    }

    @Override
    public SourceReader open(Numbering numbering) throws SourceException, InterruptedException {
        boolean known = isVideo;
        isVideo = false;
        if (!known) {
            Optional<SourceReader> pictures = pictures(numbering);
            if (pictures.isPresent()) {
                return pictures.get();
            }
            isVideo = true;
        }
        SourceReader reader = video.open(numbering);
        isVideo = true;
        return reader;
    }

    /** Reads pictures, if the server has any. */
    private Optional<SourceReader> pictures(Numbering numbering) throws SourceException, InterruptedException {
        Duration limit = limits.open();
        PictureRequest request = new PictureRequest(server.hostAndPort(), WebAddress.of(server.secret()), egress);
        try {
            Answer answer = request.get(limit);
            boolean used = false;
            try {
                Form form = Form.of(answer);
                used = form == Form.MULTIPART || form == Form.PICTURES;
                if (form == Form.WEB_PAGE) {
                    throw new SourceException(server.hostAndPort()
                            + ": a web page comes from it, not pictures: is the path of the address right?");
                }
                return used
                        ? Optional.of(
                                new PictureReader(server.hostAndPort(), request, answer, form, loop, limits, numbering))
                        : Optional.empty();
            } finally {
                if (!used) {
                    answer.close();
                }
            }
        } catch (IOException e) {
            throw NetworkFailure.of(server.hostAndPort(), e, limit);
        }
    }
}
