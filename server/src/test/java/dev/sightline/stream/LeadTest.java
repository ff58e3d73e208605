package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import org.junit.jupiter.api.Test;

class LeadTest {
    private static final long MILLI = 1_000_000;

    private final Lead lead = new Lead();
    private long seq;
    private long now = 1_700_000_000_000L * MILLI;

    @Test
    void pictures_ofTheSource_beginWithTheNewestKeyframe() {
        add(false, 1, true);
        assertThat(lead.pictures()).isEmpty();
        add(true, 1, true);
        add(false, 1, true);
        add(true, 1, true);
        add(false, 1, true);
        add(false, 1, true);
        assertThat(lead.pictures()).extracting(EncodedFrame::seq).containsExactly(4L, 5L, 6L);
        assertThat(lead.after(4)).extracting(EncodedFrame::seq).containsExactly(5L, 6L);
    }

    @Test
    void pictures_encodedHere_areTheNewestAloneIfItIsAKeyframe() {
        add(true, 1, false);
        assertThat(lead.pictures()).hasSize(1);
        add(false, 1, false);
        assertThat(lead.pictures()).isEmpty();
    }

    @Test
    void pictures_tooManyBytes_noneUntilTheNextKeyframe() {
        add(true, Lead.MOST_BYTES / 2, true);
        add(false, Lead.MOST_BYTES / 2, true);
        assertThat(lead.pictures()).hasSize(2);
        add(false, 1, true);
        assertThat(lead.pictures()).isEmpty();
        add(false, 1, true);
        assertThat(lead.pictures()).isEmpty();
        add(true, 1, true);
        assertThat(lead.pictures()).hasSize(1);
    }

    @Test
    void pictures_tooLongAgo_noneUntilTheNextKeyframe() {
        add(true, 1, true);
        now += Lead.LONGEST_NANOS - 100 * MILLI;
        add(false, 1, true);
        assertThat(lead.pictures()).hasSize(2);
        add(false, 1, true);
        assertThat(lead.pictures()).isEmpty();
    }

    @Test
    void pictures_keyframeTooLarge_isKeptAllTheSame() {
        add(true, Lead.MOST_BYTES + 1, false);
        assertThat(lead.pictures()).hasSize(1);
    }

    private void add(boolean keyframe, int bytes, boolean ofSource) {
        now += 100 * MILLI;
        lead.add(new EncodedFrame(Codec.H264, new byte[bytes], keyframe, 64, 48, ++seq, now, Metadata.EMPTY), ofSource);
    }
}
