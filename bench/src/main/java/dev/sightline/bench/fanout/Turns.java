package dev.sightline.bench.fanout;

import dev.sightline.bench.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Lets all servers have the machine in turns: who is not measured stands still. */
final class Turns {
    private final Lab lab;
    private final List<Server> servers;
    private int first;

    /** All are to be running. */
    Turns(Lab lab, List<Server> servers) {
        this.lab = lab;
        this.servers = servers;
    }

    /** The same load on all; the samples are in the servers' order. */
    List<Sample> each(int viewers, Duration length) {
        return each(server -> lab.sample(server, viewers, length));
    }

    /** The same experiment with all; who begins changes each time. The results are in the servers' order. */
    <T> List<T> each(Function<Server, T> experiment) {
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
