package dev.sightline.source.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureShareTest {
    private static final int MIB = 1 << 20;

    private final List<PictureShare> shares = new ArrayList<>();

    @AfterEach
    void close() {
        shares.forEach(PictureShare::close);
    }

    @Test
    void decoded_moreOfTheLargestThanThereIsRoomFor_isRefusedUntilOneGoes() throws Exception {
        for (int i = 0; i < 4; i++) {
            share().decoded("cam", 7680, 4296);
        }
        PictureShare fifth = share();
        assertThatThrownBy(() -> fifth.decoded("cam", 7680, 4296))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(
                        "cam: its pictures have 7680x4296 pixels, and those of other sources are as large");
        fifth.decoded("cam", 3840, 2160);
        shares.get(0).close();
        fifth.decoded("cam", 7680, 4296);
        shares.get(1).decoded("cam", 640, 480);
        share().decoded("cam", 7680, 4296);
    }

    @Test
    void decoded_manyOfUsualSize_takeNoRoom() throws Exception {
        for (int i = 0; i < 1000; i++) {
            share().decoded("cam", 4096, 2304);
        }
    }

    @Test
    void decoded_largerThanAny_isRefusedAlone() {
        assertThatThrownBy(() -> share().decoded("cam", 65_535, 65_535)).hasMessageContaining("at most 33 megapixels");
    }

    @Test
    void encoded_largePictures_takeNoMoreThanAThirdOfTheHeap() {
        long third = Runtime.getRuntime().maxMemory() / 3;
        long taken = 0;
        while (share().encoded(32 * MIB)) {
            taken += 32 * MIB;
            assertThat(taken).isLessThan(third);
        }
        assertThat(share().encoded(MIB)).isTrue();
        shares.forEach(PictureShare::close);
        assertThat(share().encoded(8 * MIB)).isTrue();
    }

    private PictureShare share() {
        PictureShare share = new PictureShare();
        shares.add(share);
        return share;
    }
}
