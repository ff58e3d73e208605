package dev.sightline.stream.wire;

import dev.sightline.frame.JpegHeader;
import dev.sightline.worker.Message;
import java.util.Optional;

/** What a process found that opened a source for a moment. */
public sealed interface ProbeAnswer {
    /** Writes it. */
    Message message();

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ProbeAnswer read(Message message) {
        return switch (message.kind()) {
            case "probed" -> WireJson.read(message, Header.class).with(message.body());
            case "probe-failed" -> WireJson.read(message, Failed.class);
            default -> throw new IllegalArgumentException("'" + message.kind() + "' says nothing of a source");
        };
    }

    /**
     * Frames come.
     *
     * @param width in pixels
     * @param height in pixels
     * @param codec of the frames; empty if the source gives them raw
     * @param fps frames per second; empty if there were too few to tell
     * @param picture one of them as a JPEG
     */
    record Found(int width, int height, Optional<String> codec, Optional<Double> fps, byte[] picture)
            implements ProbeAnswer {
        /**
         * Checks what the server passes on.
         *
         * @throws IllegalArgumentException if it cannot be
         */
        public Found {
            codec.ifPresent(RenditionText::codec);
            boolean counts =
                    fps.filter(rate -> !(rate > 0 && rate < Double.MAX_VALUE)).isEmpty();
            if (width < 1 || height < 1 || !counts || JpegHeader.of(picture).isEmpty()) {
                throw new IllegalArgumentException("no source gives such frames");
            }
        }

        @Override
        public Message message() {
            return WireJson.message("probed", new Header(width, height, codec, fps), picture);
        }
    }

    /**
     * None comes.
     *
     * @param problem why, for people; only the first {@value #LONGEST} characters are kept
     */
    record Failed(String problem) implements ProbeAnswer {
        /** The longest problem, in characters. */
        static final int LONGEST = 2_000;

        /** Shortens it. */
        public Failed {
            problem = problem.substring(0, Math.min(LONGEST, problem.length()));
        }

        @Override
        public Message message() {
            return WireJson.message("probe-failed", this);
        }
    }

    /** A {@link Found} without its picture. */
    record Header(int width, int height, Optional<String> codec, Optional<Double> fps) {
        Found with(byte[] picture) {
            return new Found(width, height, codec, fps, picture);
        }
    }
}
