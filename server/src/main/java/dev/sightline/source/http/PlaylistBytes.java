package dev.sightline.source.http;

import dev.sightline.source.ffmpeg.ByteOpener.OpenBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A playlist in the form that FFmpeg reads. */
final class PlaylistBytes implements OpenBytes {
    private final String url;
    private final byte[] text;
    private int position;

    /** Creates one for a playlist's text. */
    PlaylistBytes(String url, Playlist playlist) {
        this.url = url;
        this.text = playlist.text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Optional<String> format() {
        return Optional.of("hls");
    }

    @Override
    public Optional<Long> size() {
        return Optional.empty();
    }

    @Override
    public boolean seekable() {
        return false;
    }

    @Override
    public void seek(long target, Duration limit) {
        throw new UnsupportedOperationException("a playlist is read once");
    }

    @Override
    public int read(byte[] into, int most, Duration limit) {
        int count = Math.min(most, text.length - position);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(text, position, into, 0, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        // Owns only garbage-collected memory.
    }
}
