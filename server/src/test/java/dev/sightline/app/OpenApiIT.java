package dev.sightline.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.testkit.OpenApiValidator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API's description, as it is served. */
class OpenApiIT {
    @Test
    void document_isValid_andListsTheAddresses(@TempDir Path folder) throws IOException {
        try (LiveServer server = LiveServer.start(folder, "{http: {port: 0}, streams: {cam: {source: 'pattern:'}}}")) {
            JsonNode document = server.api().json("/api/openapi.json");

            assertThat(document.path("openapi").asString()).startsWith("3.1.");
            assertThat(new OpenApiValidator(document).faults()).isEmpty();
            assertThat(server.api().json("/api").propertyNames())
                    .containsAll(document.path("paths").propertyNames())
                    .contains("/live/{name}/ws");
        }
    }
}
