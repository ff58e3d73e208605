package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens for FFmpeg what it wants to read over the network, and what that names in turn. FFmpeg itself opens nothing then: its own
 * clients follow whatever leads them anywhere. One for each opening of an input, used by its thread.
 */
public interface ByteOpener {

    /** Opens the input itself. */
    OpenBytes open(Duration limit) throws SourceException, InterruptedException;

    /**
     * Opens what the input names.
     *
     * @param from the first byte
     * @param end behind the last byte; empty for all
     * @throws SourceException if it cannot be opened or must not be; the message is fit for people
     */
    OpenBytes open(String url, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException;

    /** Bytes that come one after the other. */
    interface OpenBytes extends AutoCloseable {

        /** Where they come from, for what is relative to it; without a login. */
        String url();

        /** FFmpeg's name of what they are, where that is known. */
        Optional<String> format();

        /** How many there are in all; empty where that is not known. */
        Optional<Long> size();

        /** Whether they can be read from anywhere. */
        boolean seekable();

        /** Goes on from a byte. */
        void seek(long position, Duration limit) throws SourceException, InterruptedException;

        /**
         * Waits for some bytes.
         *
         * @return how many came; -1 at the end
         */
        int read(byte[] into, int most, Duration limit) throws SourceException, InterruptedException;

        @Override
        void close();
    }
}
