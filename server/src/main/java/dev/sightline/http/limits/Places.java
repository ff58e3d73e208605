package dev.sightline.http.limits;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Places for so many in all, and so many of one client's address. Where there is no place left the oldest that has not
 * proved that it is of use makes room, so that those who only come keep nobody out. Safe for use by any thread.
 *
 * @param <T> who takes a place; told apart by equals
 */
public final class Places<T> {
    private final int most;
    private final int mostOfAddress;
    // Guarded by this.
    private final Map<T, ClientAddress> all = new HashMap<>();
    private final Set<T> unproved = new LinkedHashSet<>();
    private final Map<ClientAddress, Group<T>> groups = new HashMap<>();

    /** With nobody in them. */
    public Places(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /**
     * Gives a newcomer a place.
     *
     * @return who has lost its place for that, and is to be sent away
     * @throws FullException if all who could make room have proved to be of use
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

    /** One of them is of use, and keeps its place. */
    public synchronized void proved(T one) {
        ClientAddress client = all.get(one);
        if (client != null && unproved.remove(one)) {
            group(client).unproved.remove(one);
        }
    }

    /**
     * One of them counts for another client from now on.
     *
     * @throws FullException if that client has as many as it may have
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

    /** One of them has gone, if it was there still. */
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

    /** How many there are. */
    public synchronized int count() {
        return all.size();
    }

    private void add(T one, ClientAddress client, boolean isUnproved) {
        all.put(one, client);
        Group<T> group = group(client);
        group.count++;
        if (isUnproved) {
            unproved.add(one);
            group.unproved.add(one);
        }
    }

    private boolean isFull(ClientAddress client) {
        Group<T> group = groups.get(client);
        return group != null && group.count >= mostOfAddress && !client.isExempt();
    }

    private Group<T> group(ClientAddress client) {
        return groups.computeIfAbsent(client, unknown -> new Group<>());
    }

    private static final class Group<T> {
        private final Set<T> unproved = new LinkedHashSet<>();
        private int count;
    }

    /** There is no place left. */
    public static final class FullException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean ofAddress;
        private final int most;

        FullException(boolean ofAddress, int most) {
            super("there are " + most + (ofAddress ? " of this address" : ""), null, false, false);
            this.ofAddress = ofAddress;
            this.most = most;
        }

        /** Whether one address has as many as it may have, or else all together. */
        public boolean isOfAddress() {
            return ofAddress;
        }

        /** How many that is. */
        public int most() {
            return most;
        }
    }
}
