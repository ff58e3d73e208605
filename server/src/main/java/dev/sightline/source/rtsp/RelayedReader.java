package dev.sightline.source.rtsp;

import dev.sightline.frame.Picture;
import dev.sightline.source.SourceException;
import dev.sightline.source.SourceReader;
import java.util.Optional;

/**
 * A reader that is closed together with its relay.
 *
 * @param subject the server's name for people
 * @param reader reads from the server
 */
record RelayedReader(String subject, SourceReader reader, RtspRelay relay) implements SourceReader {
    @Override
    public Optional<Picture> read() throws SourceException, InterruptedException {
        try {
            Optional<Picture> picture = reader.read();
            relay.renew();
            return picture;
        } catch (SourceException failure) {
            throw relay.excess().isEmpty()
                    ? failure
                    : new SourceException(subject + ": " + relay.excess().get(), failure);
        }
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
