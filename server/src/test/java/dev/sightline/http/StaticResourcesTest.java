package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaticResourcesTest {
    private final StaticResources files = StaticResources.beside(StaticResourcesTest.class, "web");

    @Test
    void bytes_nameInAHundredThousandFolders_isLookedUpLikeAnyOther() {
        assertThat(files.bytes("a/".repeat(100_000) + "x.js")).isEmpty();
    }
}
