package dev.sightline.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this build. */
final class Version {
    /** For example {@code 0.1.0}. */
    static final String TEXT = read();

    private Version() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }
}
