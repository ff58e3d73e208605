package dev.sightline.http.limits;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory that input takes which is not complete yet, or waits to be worked on, over all connections: messages
 * are limited one by one, but their sum would not be. There is a most for all, and half of it for one client's address.
 *
 * <p>Each connection and session has an {@link Account}. Where a sum is exceeded the account that holds most is ended: of
 * the address whose share it was, or else of the address that holds most. Thus a flood ends its own connections, while
 * those that hold a picture of ordinary size stay, at the same address too.
 *
 * <p>Safe for use by any thread. An account that holds nothing costs nothing but its place.
 */
public final class InputBudget {
    private static final long MIB = 1024 * 1024;
    private static final InputBudget PROCESS = ofHeap(Runtime.getRuntime().maxMemory());

    private final long most;
    private final long share;
    private final AtomicLong held = new AtomicLong();
    private final LongAdder ended = new LongAdder();
    private final ConcurrentHashMap<ClientAddress, Holder> holders = new ConcurrentHashMap<>();
    private final RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger("dev.sightline.http.HttpServer"));

    /**
     * With nothing held.
     *
     * @param most bytes in all
     * @param share bytes for one address
     */
    public InputBudget(long most, long share) {
        this.most = most;
        this.share = share;
    }

    /** That of this program: memory is shared by all its servers. */
    public static InputBudget ofProcess() {
        return PROCESS;
    }

    /** A quarter of the heap's most, but 32 MiB at least and 256 MiB at most. */
    static InputBudget ofHeap(long heapBytes) {
        long most = Math.max(32 * MIB, Math.min(heapBytes / 4, 256 * MIB));
        return new InputBudget(most, most / 2);
    }

    /** Bytes held at present. */
    public long held() {
        return held.get();
    }

    /** How many connections and sessions were ended so far. */
    public long ended() {
        return ended.sum();
    }

    /**
     * A new account, which holds nothing.
     *
     * @param end ends whatever the account is of; called once at most, by any thread, and must not block
     */
    public Account open(ClientAddress client, Consumer<Excess> end) {
        return new Account(client, end);
    }

    private Holder join(Account account, ClientAddress client) {
        return holders.compute(client, (key, known) -> {
            Holder holder = known == null ? new Holder() : known;
            holder.accounts.add(account);
            return holder;
        });
    }

    private void leave(Account account, ClientAddress client) {
        holders.computeIfPresent(client, (key, holder) -> {
            holder.accounts.remove(account);
            return holder.accounts.isEmpty() ? null : holder;
        });
    }

    private void check(ClientAddress client, Holder holder) {
        if (holder.held.get() > share) {
            end(holder, new Excess(true, share), client.toString());
        } else if (held.get() > most) {
            largest().ifPresent(greediest -> end(greediest, new Excess(false, most), "all clients"));
        }
    }

    private Optional<Holder> largest() {
        Holder largest = null;
        for (Holder each : holders.values()) {
            if (largest == null || each.held.get() > largest.held.get()) {
                largest = each;
            }
        }
        return Optional.ofNullable(largest);
    }

    private void end(Holder holder, Excess excess, String whose) {
        Account largest = null;
        for (Account each : holder.accounts) {
            if (largest == null || each.bytes > largest.bytes) {
                largest = each;
            }
        }
        if (largest != null && largest.close()) {
            ended.increment();
            log.report("unfinished messages of " + whose + " hold more than " + excess.megabytes()
                    + " MB: the connection that held most was ended");
            largest.end.accept(excess);
        }
    }

    /**
     * Why somebody was ended.
     *
     * @param ofAddress whether one address held more than its share, or else all held too much
     * @param most the bytes that there may be
     */
    public record Excess(boolean ofAddress, long most) {
        /** In words, short enough for a WebSocket's close frame. */
        public String reason() {
            return (ofAddress ? "unfinished messages from your address" : "unfinished messages of all clients")
                    + " take more than " + megabytes() + " MB: try again later";
        }

        private long megabytes() {
            return Math.max(1, most / 1_000_000);
        }
    }

    /** What one address holds. */
    private static final class Holder {
        private final AtomicLong held = new AtomicLong();
        private final Set<Account> accounts = ConcurrentHashMap.newKeySet();
    }

    /** What one connection or session holds. Safe for use by any thread. */
    public final class Account {
        private final Consumer<Excess> end;
        // Guarded by this; the number may be read by any.
        private @Nullable Holder holder;
        private ClientAddress client;
        private volatile long bytes;

        private Account(ClientAddress client, Consumer<Excess> end) {
            this.client = client;
            this.end = end;
            this.holder = join(this, client);
        }

        /** So many bytes more are held, or fewer; nothing happens once the account is closed. */
        public void add(long more) {
            if (more == 0) {
                return;
            }
            Holder mine;
            ClientAddress whose;
            synchronized (this) {
                mine = holder;
                whose = client;
                if (mine == null) {
                    return;
                }
                bytes += more;
                mine.held.addAndGet(more);
                held.addAndGet(more);
            }
            if (more > 0) {
                check(whose, mine);
            }
        }

        /** What is held counts for another client from now on: a proxy's connection carries one after the other. */
        public synchronized void moveTo(ClientAddress other) {
            Holder before = holder;
            if (before != null && !other.equals(client)) {
                leave(this, client);
                before.held.addAndGet(-bytes);
                client = other;
                holder = join(this, other);
                holder.held.addAndGet(bytes);
            }
        }

        /** Nothing is held any more, now and later; whether it was open until now. */
        public synchronized boolean close() {
            Holder mine = holder;
            if (mine == null) {
                return false;
            }
            holder = null;
            leave(this, client);
            mine.held.addAndGet(-bytes);
            held.addAndGet(-bytes);
            bytes = 0;
            return true;
        }
    }
}
