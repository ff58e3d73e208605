package dev.sightline.http.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final Map<T, ClientAddress> all = new HashMap<>();

    @GuardedBy("this")
    private final Set<T> unproved = new LinkedHashSet<>();

    @GuardedBy("this")
    private final Map<ClientAddress, Group<T>> groups = new HashMap<>();

    /** Creates empty places. */
    public Places(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /**
     * Gives a newcomer a place.
     *
     * @return the holder that lost its place, for the caller to close
     * @throws FullException if all candidates have proved to be of use
     */
    public synchronized Optional<T> enter(T newcomer, ClientAddress client) throws FullException {
        boolean fullOfAddress = isFull(client);
        Optional<T> leaving = Optional.empty();
        if (fullOfAddress || all.size() >= most) {
            Iterator<T> oldest = (fullOfAddress ? group(client).unproved : unproved).iterator();
            if (!oldest.hasNext()) {
                throw new FullException(fullOfAddress, fullOfAddress ? mostOfAddress : most);
            }
            leaving = Optional.of(oldest.next());
            leave(leaving.get());
        }
        add(newcomer, client, true);
        return leaving;
    }

    /** A holder has proved to be of use, and keeps its place. */
    public synchronized void proved(T one) {
        ClientAddress client = all.get(one);
        if (client != null && unproved.remove(one)) {
            group(client).unproved.remove(one);
        }
    }

    /**
     * A holder counts for another client from now on.
     *
     * @throws FullException if that client has reached its limit
     */
    public synchronized void move(T one, ClientAddress to) throws FullException {
        ClientAddress from = all.get(one);
        if (from == null || from.equals(to)) {
            return;
        }
        if (isFull(to)) {
            throw new FullException(true, mostOfAddress);
        }
        boolean isUnproved = unproved.contains(one);
        leave(one);
        add(one, to, isUnproved);
    }

    /** A holder has gone, if it was still there. */
    public synchronized void leave(T one) {
        ClientAddress client = all.remove(one);
        if (client != null) {
            unproved.remove(one);
            Group<T> group = group(client);
            group.count--;
            group.unproved.remove(one);
            if (group.count == 0) {
                groups.remove(client);
            }
        }
    }

    /** The number of holders. */
    public synchronized int count() {
        return all.size();
    }

    @GuardedBy("this")
    private void add(T one, ClientAddress client, boolean isUnproved) {
        all.put(one, client);
        Group<T> group = group(client);
        group.count++;
        if (isUnproved) {
            unproved.add(one);
            group.unproved.add(one);
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

    private static final class Group<T> {
        private final Set<T> unproved = new LinkedHashSet<>();
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
