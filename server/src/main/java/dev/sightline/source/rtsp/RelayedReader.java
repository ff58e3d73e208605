package dev.sightline.source.rtsp;

import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/**
 * A reader that is closed together with its relay.
 *
 * @param reader what reads from it
 */
record RelayedReader(SourceReader reader, RtspRelay relay) implements SourceReader {
    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        return reader.read();
    }

    @Override
    public long damaged() {
        return reader.damaged();
    }

    @Override
    public void close() {
        reader.close();
        relay.close();
    }
}
