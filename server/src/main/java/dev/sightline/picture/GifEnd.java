package dev.sightline.picture;

import java.util.Optional;

/** The end of a GIF picture (CompuServe's GIF89a): skips blocks by their lengths, up to the trailer. */
final class GifEnd implements PictureEnd {
    /** Signature, and size and flags of the screen. */
    static final int HEADER_BYTES = 13;

    private static final int MARK = 4;
    private static final int SCREEN_FLAGS_AT = 10;
    private static final int IMAGE_BYTES = 10;

    private static final int MOST_FRAMES = 1_000;

    private int at;
    private int frames;
    /** Whether the position is in a series of small blocks, each preceded by its length, with 0 at the end. */
    private boolean inBlocks;

    GifEnd() {}

    @Override
    public int find(byte[] bytes, int limit) {
        if (limit < HEADER_BYTES) {
            return NOT_YET;
        }
        if (at == 0) {
            if (bytes[MARK] != '7' && bytes[MARK] != '9' || bytes[MARK + 1] != 'a') {
                return BROKEN;
            }
            at = HEADER_BYTES + colors(bytes[SCREEN_FLAGS_AT]);
        }
        while (at < limit) {
            if (inBlocks) {
                inBlocks = bytes[at] != 0;
                at += 1 + (bytes[at] & 0xFF);
            } else if (bytes[at] == ';') {
                return at + 1;
            } else if (bytes[at] == '!') {
                begin(2);
            } else if (bytes[at] != ',') {
                return BROKEN;
            } else if (at + IMAGE_BYTES <= limit) {
                frames++;
                begin(IMAGE_BYTES + colors(bytes[at + IMAGE_BYTES - 1]) + 1);
            } else {
                return NOT_YET;
            }
        }
        return NOT_YET;
    }

    @Override
    public int resume() {
        return Math.max(MARK, at);
    }

    @Override
    public Optional<String> excess() {
        return frames > MOST_FRAMES
                ? Optional.of(frames + " frames: at most " + MOST_FRAMES + " are taken")
                : Optional.empty();
    }

    /** Begins the blocks of an extension or an image, after their header. */
    private void begin(int bytesBefore) {
        at += bytesBefore;
        inBlocks = true;
    }

    /** The size in bytes of the colour table described by these flags. */
    private static int colors(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }
}
