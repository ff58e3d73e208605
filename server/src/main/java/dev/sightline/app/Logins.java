package dev.sightline.app;

import dev.sightline.admin.LoginCookie;
import dev.sightline.app.configuration.DataFolder;
import dev.sightline.app.configuration.LiveConfiguration;
import dev.sightline.app.configuration.SightlineConfig;
import dev.sightline.auth.AuthStore;
import dev.sightline.auth.Authorizer;
import dev.sightline.config.ConfigException;
import dev.sightline.http.HttpServer;
import dev.sightline.http.HttpSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;

/** Makes what says who may do what, from the configuration of now and then. */
final class Logins {
    private Logins() {}

    /**
     * The authorizer of a server, which follows its configuration.
     *
     * @throws ConfigException if what was kept cannot be read
     */
    static Authorizer open(SightlineConfig config, LiveConfiguration live) {
        try {
            Authorizer authorizer = new Authorizer(
                    config.auth(), isReachable(config.http()), AuthStore.in(file(live)), new JwksFetch(), Logins::tell);
            live.onApplied(applied -> authorizer.use(applied.config().auth()));
            return authorizer;
        } catch (UncheckedIOException e) {
            throw new ConfigException("auth: " + e.getMessage());
        }
    }

    /** The cookie of a server, by its first port. */
    static LoginCookie cookie(boolean secure, List<HttpServer> listening) {
        return new LoginCookie(
                secure,
                () -> listening.isEmpty() ? 0 : listening.get(0).address().getPort());
    }

    /** Whether other computers can reach it, by itself or through a proxy: whoever names one lets its clients in. */
    static boolean isReachable(HttpSettings http) {
        try {
            return !http.trustedProxies().isEmpty()
                    || !InetAddress.getByName(http.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the port cannot be bound then
        }
    }

    /** Of each configuration or folder its own: names of streams mean others elsewhere. */
    private static Path file(LiveConfiguration live) {
        return DataFolder.auth(live.file().orElse(Path.of("")));
    }

    /** Once, on the terminal only: a log would keep it. */
    private static void tell(String password) {
        PrintWriter out = CommandLines.out(null);
        out.println("Other computers can reach this server, so it asks for a login.");
        out.println("  user " + Authorizer.FIRST_USER + ", password " + password);
        out.println("Write it down: only its hash is kept. To choose your own, see auth in the configuration;"
                + " auth: none lets everybody in.");
        out.flush();
    }
}
