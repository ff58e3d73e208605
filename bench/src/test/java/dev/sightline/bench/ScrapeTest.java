package dev.sightline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapeTest {
    private final Scrape scrape = new Scrape("""
            # TYPE turn gauge
            turn{loop="0"} 0.002
            turn{loop="1"} 0.5
            used{area="heap"} 2.5E7
            used{area="nonheap"} 9
            """);

    @Test
    void sumAndMax_ofLinesThatBeginSo() {
        assertThat(scrape.sum("turn")).isEqualTo(0.502);
        assertThat(scrape.max("turn")).isEqualTo(0.5);
        assertThat(scrape.sum("used{area=\"heap\"")).isEqualTo(2.5e7);
    }

    @Test
    void sumAndMax_notThere_nan() {
        assertThat(scrape.sum("committed")).isNaN();
        assertThat(scrape.max("committed")).isNaN();
    }
}
