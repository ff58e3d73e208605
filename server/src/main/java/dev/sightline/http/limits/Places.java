package dev.sightline.http.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places, limited in all and per client address. At the limit, the oldest holder that has not proved to be of use makes room,
 * so that mere connections keep nobody out. Safe for use by any thread.
 *
 * @param <T> the holders; compared by equals
 */
public final class Places<T> {
    private final int most;
    private final int mostOfAddress;

    @GuardedBy("this")
    private final Map<T, Holder> all = new HashMap<>();

    @GuardedBy("this")
    private final NavigableMap<Long, T> unproved = new TreeMap<>();

    @GuardedBy("this")
    private final Map<ClientAddress, Group<T>> groups = new HashMap<>();

    private final AtomicLong arrivals = new AtomicLong();

    /** Creates empty places. */
    public Places(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** Somebody arrives; the answer is for {@link #enter}. */
    public long arrive() {
        return arrivals.incrementAndGet();
    }

    /**
     * Gives one that has arrived a place. Threads may do so for several at once, in any order.
     *
     * @return the one that lost its place, for the caller to close: this one, if those in the places arrived later
     * @throws FullException if all candidates have proved to be of use
     */
    public synchronized Optional<T> enter(T newcomer, ClientAddress client, long arrival) throws FullException {
        Holder holder = new Holder(client, arrival);
        boolean fullOfAddress = isFull(client);
        if (!fullOfAddress && all.size() < most) {
            add(newcomer, holder, true);
            return Optional.empty();
        }
        NavigableMap<Long, T> candidates = fullOfAddress ? group(client).unproved : unproved;
        if (candidates.isEmpty()) {
            throw new FullException(fullOfAddress, fullOfAddress ? mostOfAddress : most);
        }
        add(newcomer, holder, true);
        T oldest = candidates.firstEntry().getValue();
        leave(oldest);
        return Optional.of(oldest);
    }

    /** A holder has proved to be of use, and keeps its place. */
    public synchronized void proved(T one) {
        Holder holder = all.get(one);
        if (holder != null) {
            unproved.remove(holder.arrival());
            group(holder.client()).unproved.remove(holder.arrival());
        }
    }

    /**
     * A holder counts for another client from now on.
     *
     * @throws FullException if that client has reached its limit
     */
    public synchronized void move(T one, ClientAddress to) throws FullException {
        Holder from = all.get(one);
        if (from == null || from.client().equals(to)) {
            return;
        }
        if (isFull(to)) {
            throw new FullException(true, mostOfAddress);
        }
        boolean isUnproved = unproved.containsKey(from.arrival());
        leave(one);
        add(one, new Holder(to, from.arrival()), isUnproved);
    }

    /** A holder has gone, if it was still there. */
    public synchronized void leave(T one) {
        Holder holder = all.remove(one);
        if (holder != null) {
            unproved.remove(holder.arrival());
            Group<T> group = group(holder.client());
            group.count--;
            group.unproved.remove(holder.arrival());
            if (group.count == 0) {
                groups.remove(holder.client());
            }
        }
    }

    /** The number of holders. */
    public synchronized int count() {
        return all.size();
    }

    @GuardedBy("this")
    private void add(T one, Holder holder, boolean isUnproved) {
        all.put(one, holder);
        Group<T> group = group(holder.client());
        group.count++;
        if (isUnproved) {
            unproved.put(holder.arrival(), one);
            group.unproved.put(holder.arrival(), one);
        }
    }

    @GuardedBy("this")
    private boolean isFull(ClientAddress client) {
        Group<T> group = groups.get(client);
        return group != null && group.count >= mostOfAddress && !client.isExempt();
    }

    @GuardedBy("this")
    private Group<T> group(ClientAddress client) {
        return groups.computeIfAbsent(client, unknown -> new Group<>());
    }

    private record Holder(ClientAddress client, long arrival) {}

    private static final class Group<T> {
        private final NavigableMap<Long, T> unproved = new TreeMap<>();
        private int count;
    }

    /** No place is left. */
    public static final class FullException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean ofAddress;
        private final int most;

        FullException(boolean ofAddress, int most) {
            super("there are " + most + (ofAddress ? " of this address" : ""), null, false, false);
            this.ofAddress = ofAddress;
            this.most = most;
        }

        /** Whether the limit of one address is reached, rather than that of all. */
        public boolean isOfAddress() {
            return ofAddress;
        }

        /** That limit. */
        public int most() {
            return most;
        }
    }
}
