package dev.sightline.transport.webrtc.transport;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The holders of limited places, by their addresses. At the limit, one of the address with the most places gives way, so that
 * no address can take them all. Used by one thread at a time.
 */
final class Crowd<T> {
    private final Function<T, InetAddress> client;
    private final ToLongFunction<T> progressNanos;
    private final Map<InetAddress, Set<T>> byClient = new HashMap<>();
    private int size;

    /**
     * Creates an empty crowd.
     *
     * @param client the address that owns a place, as in {@link dev.sightline.http.limits.ClientAddress}; constant
     * @param progressNanos when its holder last made progress
     */
    Crowd(Function<T, InetAddress> client, ToLongFunction<T> progressNanos) {
        this.client = client;
        this.progressNanos = progressNanos;
    }

    void add(T one) {
        if (byClient.computeIfAbsent(client.apply(one), unseen -> new HashSet<>())
                .add(one)) {
            size++;
        }
    }

    void remove(T one) {
        Set<T> places = byClient.get(client.apply(one));
        if (places != null && places.remove(one)) {
            size--;
            if (places.isEmpty()) {
                byClient.remove(client.apply(one));
            }
        }
    }

    int size() {
        return size;
    }

    /** How many places an address holds. */
    int size(InetAddress one) {
        return of(one).size();
    }

    /** Of the address with the most places, the one without progress for longest; empty if there is none at all. */
    Optional<T> last() {
        int most = byClient.values().stream().mapToInt(Set::size).max().orElse(0);
        return byClient.values().stream()
                .filter(places -> places.size() == most)
                .flatMap(places -> last(places).stream())
                .min(this::byProgress);
    }

    /** Of an address's places, the one without progress for longest. */
    Optional<T> last(InetAddress one) {
        return last(of(one));
    }

    private Set<T> of(InetAddress one) {
        return byClient.getOrDefault(one, Set.of());
    }

    private Optional<T> last(Collection<T> places) {
        return places.stream().min(this::byProgress);
    }

    private int byProgress(T one, T other) {
        return Long.signum(progressNanos.applyAsLong(one) - progressNanos.applyAsLong(other));
    }
}
