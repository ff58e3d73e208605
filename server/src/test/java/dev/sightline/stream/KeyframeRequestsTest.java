package dev.sightline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {
    private static final long MILLI = 1_000_000;

    private final KeyframeRequests requests = new KeyframeRequests();

    @Test
    void due_nobodyAsks_never() {
        assertThat(requests.due(0)).isFalse();
        assertThat(requests.forced()).isZero();
    }

    @Test
    void due_manyAskWithEveryPicture_twoASecondAtMost() {
        List<Long> forcedAt = new ArrayList<>();
        for (long millis = 0; millis < 3_000; millis += 33) {
            requests.add();
            requests.add();
            if (requests.due(millis * MILLI)) {
                forcedAt.add(millis);
                requests.answered();
            }
        }
        assertThat(forcedAt).containsExactly(0L, 528L, 1056L, 1584L, 2112L, 2640L);
        assertThat(requests.forced()).isEqualTo(6);
    }

    @Test
    void due_askedTooEarly_isRememberedAndHonouredAtTheEarliestTime() {
        requests.add();
        assertThat(requests.due(0)).isTrue();
        requests.answered();
        requests.add();
        assertThat(requests.due(499 * MILLI)).isFalse();
        assertThat(requests.due(500 * MILLI)).isTrue();
    }

    @Test
    void answered_byAKeyframeThatCameAnyway_nothingIsForced() {
        requests.add();
        requests.answered();
        assertThat(requests.due(0)).isFalse();
    }

    @Test
    void due_forcedOneNeverCame_isForcedAgain() {
        requests.add();
        assertThat(requests.due(0)).isTrue();
        assertThat(requests.due(33 * MILLI)).isFalse();
        assertThat(requests.due(500 * MILLI)).isTrue();
    }
}
