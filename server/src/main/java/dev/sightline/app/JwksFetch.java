package dev.sightline.app;

import dev.sightline.auth.KeyFetch;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Fetches an issuer's keys from the configured address: no redirects, no proxy's word, a few seconds, 256 KiB; never from a
 * link-local address, where clouds give out secrets of the machine.
 */
final class JwksFetch implements KeyFetch {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 256 * 1024;

    @Override
    public String fetch(String address) throws IOException {
        URI uri = URI.create(address);
        for (InetAddress each : InetAddress.getAllByName(uri.getHost())) {
            if (each.isLinkLocalAddress() || each.isMulticastAddress() || each.isAnyLocalAddress()) {
                throw new IOException(uri.getHost() + " leads to a link-local address");
            }
        }
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout((int) LONGEST.toMillis());
            connection.setReadTimeout((int) LONGEST.toMillis());
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("the answer was " + connection.getResponseCode());
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }
}
