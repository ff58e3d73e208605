package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommaSeparatedTest {

    @Test
    void of_whiteSpaceAndEmptyElements_doNotCount() {
        assertThat(CommaSeparated.of(" a,b ,\t, c d,")).containsExactly("a", "b", "c d");
        assertThat(CommaSeparated.of(" , ")).isEmpty();
        assertThat(CommaSeparated.of(List.of("a, b", "", "c"))).containsExactly("a", "b", "c");
    }

    @Test
    void of_aVeryLongList_endsInOneElement() {
        List<String> elements = CommaSeparated.of("a,".repeat(100_000));
        assertThat(elements).hasSize(64);
        assertThat(elements.get(63)).hasSizeGreaterThan(100_000);
    }
}
