package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodeTimesTest {
    private final EncodeTimes times = new EncodeTimes();

    @Test
    void addTo_timesOfEarlierFrames_areToldOnceBesideTheMetadata() {
        times.add(frame(Codec.VP8, 7), 4_200_000);
        times.add(frame(Codec.H264, 7), 2_000_400);

        EncodedFrame next = frame(Codec.NONE, 8).with(times.addTo(new Metadata().put("motion", 1)));
        assertThat(new String(PictureJson.identity(next), StandardCharsets.US_ASCII))
                .endsWith("""
                ,"encoded":[{"seq":7,"codec":"vp8","width":640,"height":480,"encode":4.2},\
                {"seq":7,"codec":"h264","width":640,"height":480,"encode":2.0}],"metadata":{"motion":1}}""");
        assertThat(times.addTo(Metadata.EMPTY)).isSameAs(Metadata.EMPTY);
    }

    @Test
    void add_nobodyTakesThem_theOldestAreForgotten() {
        for (int seq = 1; seq <= 100; seq++) {
            times.add(frame(Codec.VP8, seq), 1);
        }
        List<?> told = (List<?>) times.addTo(Metadata.EMPTY).values().get(EncodeTimes.KEY);
        assertThat(told).hasSize(EncodeTimes.MOST);
        assertThat((Map<?, ?>) told.get(EncodeTimes.MOST - 1)).extracting("seq").isEqualTo(100L);
    }

    private static EncodedFrame frame(Codec codec, long seq) {
        return new EncodedFrame(codec, new byte[1], true, 640, 480, seq, 1_700_000_000_000_000_000L, Metadata.EMPTY);
    }
}
