package dev.sightline.source.ffmpeg;

import dev.sightline.source.SourceException;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens network resources for FFmpeg, and those they name in turn. FFmpeg itself then opens nothing, since its own clients
 * would follow anything anywhere. One for each opening of an input, used by its thread.
 */
public interface ByteOpener {

    /** Opens the input itself. */
    OpenBytes open(Duration limit) throws SourceException, InterruptedException;

    /**
     * Opens a resource that the input names.
     *
     * @param from the first byte
     * @param end after the last byte; empty for all
     * @throws SourceException if it cannot be opened or must not be; the message is for people
     */
    OpenBytes open(String url, long from, Optional<Long> end, Duration limit)
            throws SourceException, InterruptedException;

    /** A sequence of bytes. */
    interface OpenBytes extends AutoCloseable {

        /** Their URL, as a base for relative ones; without user and password. */
        String url();

        /** FFmpeg's name of their format, if known. */
        Optional<String> format();

        /** Their total number; empty if unknown. */
        Optional<Long> size();

        /** Whether they can be read from any position. */
        boolean seekable();

        /** Continues at a byte. */
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
