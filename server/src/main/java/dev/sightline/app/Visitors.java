package dev.sightline.app;

import dev.sightline.auth.Hosts;
import dev.sightline.auth.Origins;
import dev.sightline.http.Embedding;
import dev.sightline.http.HttpSettings;
import dev.sightline.http.OriginPolicy;
import dev.sightline.http.tls.MachineNames;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may use a server, by its configuration, which may change, and the computer's own names. Safe for use by any thread. */
final class Visitors implements OriginPolicy {
    private final Set<Integer> ownPorts;
    private volatile Rules rules;

    /**
     * Creates the policy of one port.
     *
     * @param ownPorts further ports whose pages are this server's too
     */
    Visitors(HttpSettings settings, Set<Integer> ownPorts) {
        this.ownPorts = Set.copyOf(ownPorts);
        this.rules = rules(settings);
    }

    /** From now on by these settings. */
    void use(HttpSettings settings) {
        rules = rules(settings);
    }

    private Rules rules(HttpSettings settings) {
        Origins origins = new Origins(settings.guests().allowedOrigins(), ownPorts);
        Set<String> names = new LinkedHashSet<>(MachineNames.present().names());
        names.add(settings.host());
        names.addAll(settings.https().tlsNames());
        names.addAll(settings.guests().allowedHosts());
        names.addAll(origins.hosts());
        HttpSettings.Guests guests = settings.guests();
        return new Rules(origins, new Hosts(names), guests.embedding(), frameSources(origins, guests));
    }

    @Override
    public boolean allows(String origin, String host) {
        return rules.origins().allows(origin, host);
    }

    @Override
    public boolean isNamed(String host, boolean byLoopback) {
        return rules.hosts().allows(host, byLoopback);
    }

    @Override
    public Embedding embedding() {
        return rules.embedding();
    }

    @Override
    public String frameSources() {
        return rules.frameSources();
    }

    /** Pages with full access may frame this server's as well. */
    private static String frameSources(Origins origins, HttpSettings.Guests guests) {
        return Stream.concat(
                        origins.allowed().stream()
                                .filter(origin -> !origin.equals("null"))
                                .sorted(),
                        guests.frameAncestors().stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private record Rules(Origins origins, Hosts hosts, Embedding embedding, String frameSources) {}
}
