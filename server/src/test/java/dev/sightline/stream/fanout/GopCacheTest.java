package dev.sightline.stream.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import org.junit.jupiter.api.Test;

class GopCacheTest {
    private static final long MILLI = 1_000_000;

    private final GopCache gop = GopCache.ofSource();
    private long seq;
    private long now = 1_700_000_000_000L * MILLI;

    @Test
    void frames_ofTheSource_beginWithTheNewestKeyframe() {
        add(false, 1, true);
        assertThat(gop.frames()).isEmpty();
        add(true, 1, true);
        add(false, 1, true);
        add(true, 1, true);
        add(false, 1, true);
        add(false, 1, true);
        assertThat(gop.frames()).extracting(EncodedFrame::seq).containsExactly(4L, 5L, 6L);
        assertThat(gop.after(4)).extracting(EncodedFrame::seq).containsExactly(5L, 6L);
    }

    @Test
    void frames_encodedHere_areTheNewestAloneIfItIsAKeyframe() {
        add(true, 1, false);
        assertThat(gop.frames()).hasSize(1);
        add(false, 1, false);
        assertThat(gop.frames()).isEmpty();
    }

    @Test
    void frames_tooManyBytes_noneUntilTheNextKeyframe() {
        add(true, GopCache.SOURCE.bytes() / 2, true);
        add(false, GopCache.SOURCE.bytes() / 2, true);
        assertThat(gop.frames()).hasSize(2);
        add(false, 1, true);
        assertThat(gop.frames()).isEmpty();
        add(false, 1, true);
        assertThat(gop.frames()).isEmpty();
        add(true, 1, true);
        assertThat(gop.frames()).hasSize(1);
    }

    @Test
    void frames_tooLongAgo_noneUntilTheNextKeyframe() {
        add(true, 1, true);
        add(false, 1, true);
        now += GopCache.SOURCE.nanos() - 100 * MILLI;
        add(false, 1, true);
        assertThat(gop.frames()).hasSize(3);
        add(false, 1, true);
        assertThat(gop.frames()).isEmpty();
    }

    /** Its encoder took seconds to open, and what follows comes at the usual pace. */
    @Test
    void frames_keyframeLate_areKept() {
        GopCache cache = new GopCache(new GopCache.Bounds(1_000 * MILLI, 100));
        add(cache, true, 1, false);
        now += 5_000 * MILLI;
        add(cache, false, 1, false);
        add(cache, false, 1, false);
        assertThat(cache.frames()).hasSize(3);
    }

    @Test
    void frames_keyframeTooLarge_isKeptAllTheSame() {
        add(true, GopCache.SOURCE.bytes() + 1, false);
        assertThat(gop.frames()).hasSize(1);
    }

    @Test
    void frames_encodedHere_areKeptWithinTheirOwnBounds() {
        GopCache cache = new GopCache(new GopCache.Bounds(100 * MILLI, 10));
        add(cache, true, 5, false);
        add(cache, false, 4, false);
        now += 100 * MILLI;
        add(cache, false, 1, false);
        assertThat(cache.frames()).hasSize(3);
        now += MILLI;
        add(cache, false, 0, false);
        assertThat(cache.frames()).as("too long").isEmpty();
        add(cache, true, 5, false);
        add(cache, false, 6, false);
        assertThat(cache.frames()).as("too large").isEmpty();
    }

    private void add(boolean keyframe, int bytes, boolean ofSource) {
        now += 100 * MILLI;
        add(gop, keyframe, bytes, ofSource);
    }

    private void add(GopCache cache, boolean keyframe, int bytes, boolean ofSource) {
        EncodedFrame frame =
                new EncodedFrame(Codec.H264, new byte[bytes], keyframe, 64, 48, ++seq, now, Metadata.EMPTY);
        cache.add(ofSource ? frame : frame.encodedIn(1));
    }
}
