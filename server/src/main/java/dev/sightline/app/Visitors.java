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

/** Who may use a server, by its configuration and the computer's own names. */
final class Visitors implements OriginPolicy {
    private final Origins origins;
    private final Hosts hosts;
    private final Embedding embedding;

    /**
     * Creates the policy of one port.
     *
     * @param ownPorts further ports whose pages are this server's too
     */
    Visitors(HttpSettings settings, Set<Integer> ownPorts) {
        this.origins = new Origins(settings.guests().allowedOrigins(), ownPorts);
        Set<String> names = new LinkedHashSet<>(MachineNames.present().names());
        names.add(settings.host());
        names.addAll(settings.https().tlsNames());
        names.addAll(settings.guests().allowedHosts());
        names.addAll(origins.hosts());
        this.hosts = new Hosts(names);
        this.embedding = settings.guests().embedding();
    }

    @Override
    public boolean allows(String origin, String host) {
        return origins.allows(origin, host);
    }

    @Override
    public boolean isNamed(String host, boolean byLoopback) {
        return hosts.allows(host, byLoopback);
    }

    @Override
    public Embedding embedding() {
        return embedding;
    }

    @Override
    public String allowedSources() {
        return origins.allowed().stream()
                .filter(origin -> !origin.equals("null"))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
