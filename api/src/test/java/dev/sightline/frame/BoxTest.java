package dev.sightline.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTest {

    @ParameterizedTest
    @CsvSource({"NaN, 0, 1, 1", "0, Infinity, 1, 1", "0, 0, 0, 1", "0, 0, 1, -1", "0, 0, NaN, 1", "0, 0, Infinity, 1"})
    void box_withoutAreaOrNotFinite_isRefused(double x, double y, double width, double height) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Box(x, y, width, height));
    }

    @Test
    void clipped_reachingOut_keepsThePartInside() {
        assertThat(new Box(-0.5, 0.5, 1, 1).clipped()).contains(new Box(0, 0.5, 0.5, 0.5));
        assertThat(new Box(0.25, 0.25, 0.5, 0.5).clipped()).contains(new Box(0.25, 0.25, 0.5, 0.5));
    }

    @Test
    void clipped_outside_isEmpty() {
        assertThat(new Box(1, 0, 0.5, 0.5).clipped()).isEmpty();
        assertThat(new Box(0, -0.5, 0.5, 0.5).clipped()).isEmpty();
    }

    @Test
    void overlap_isIntersectionOverUnion() {
        Box box = new Box(0, 0, 0.4, 0.4);
        assertThat(box.overlap(box)).isEqualTo(1);
        assertThat(box.overlap(new Box(0.2, 0, 0.4, 0.4))).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(box.overlap(new Box(0.1, 0.1, 0.2, 0.2))).isCloseTo(0.25, within(1e-9));
        assertThat(box.overlap(new Box(0.4, 0, 0.4, 0.4))).isZero();
    }
}
