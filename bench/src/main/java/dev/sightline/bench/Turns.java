package dev.sightline.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Lets all servers have the machine in turns: who is not measured stands still. */
public final class Turns {
    private final List<Server> servers;
    private int first;

    /** All are to be running. */
    public Turns(List<Server> servers) {
        this.servers = servers;
    }

    /** The same experiment with all; who begins changes each time. The results are in the servers' order. */
    public <T> List<T> each(Function<Server, T> experiment) {
        List<T> results = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            results.add(alone(servers.get((first + i) % servers.size()), experiment));
        }
        Collections.rotate(results, first);
        first++;
        return results;
    }

    private <T> T alone(Server measured, Function<Server, T> experiment) {
        List<Server> others =
                servers.stream().filter(server -> !server.isOneWith(measured)).toList();
        others.forEach(Server::pause);
        try {
            return experiment.apply(measured);
        } finally {
            others.forEach(Server::resume);
        }
    }
}
