package dev.sightline.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Two connections of one event loop. */
public final class Neighbours implements AutoCloseable {
    private static final int MOST = 100;

    private final List<RawClient> all = new ArrayList<>();

    private Neighbours() {}

    /** To a server that answers {@code /loop} with the name of the event loop's thread. */
    public static Neighbours of(InetSocketAddress server) throws IOException {
        Neighbours neighbours = new Neighbours();
        String loop = neighbours.connect(server);
        for (int i = 0; i < MOST; i++) {
            if (neighbours.connect(server).equals(loop)) {
                return neighbours;
            }
        }
        throw new IOException("no other connection came to the event loop " + loop);
    }

    public RawClient one() {
        return all.get(0);
    }

    public RawClient other() {
        return all.get(all.size() - 1);
    }

    private String connect(InetSocketAddress server) throws IOException {
        RawClient client = new RawClient(server);
        all.add(client);
        String answer = client.get("/loop").readAnswer();
        return answer.substring(answer.lastIndexOf('\n') + 1);
    }

    @Override
    public void close() {
        all.forEach(RawClient::close);
    }
}
