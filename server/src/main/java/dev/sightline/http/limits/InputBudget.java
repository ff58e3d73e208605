package dev.sightline.http.limits;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory of incomplete and waiting input over all connections: single messages are limited, but their sum would not
 * be. There is a limit for all, and half of it for one client address.
 *
 * <p>Each connection and session has an {@link Account}. If a sum exceeds its limit, the account that holds the most is ended:
 * of the address that exceeded its share, or of the address that holds the most. Thus a flood ends its own connections, while
 * those with an ordinary frame stay, even at the same address.
 *
 * <p>Safe for use by any thread. An account that never holds anything costs only its own object.
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
     * Creates an empty budget.
     *
     * @param most bytes in all
     * @param share bytes for one address
     */
    public InputBudget(long most, long share) {
        this.most = most;
        this.share = share;
    }

    /** The budget of this program, since all its servers share the memory. */
    public static InputBudget ofProcess() {
        return PROCESS;
    }

    /** A quarter of the maximum heap, at least 32 MiB and at most 256 MiB. */
    static InputBudget ofHeap(long heapBytes) {
        long most = Math.max(32 * MIB, Math.min(heapBytes / 4, 256 * MIB));
        return new InputBudget(most, most / 2);
    }

    /** The bytes held now. */
    public long held() {
        return held.get();
    }

    /** How many connections and sessions were ended so far. */
    public long ended() {
        return ended.sum();
    }

    /**
     * Opens an empty account.
     *
     * @param end ends the account's owner; called once at most, by any thread, and must not block
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
     * Why an account was ended.
     *
     * @param ofAddress whether one address exceeded its share, rather than all together the limit
     * @param most the limit in bytes
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

        @GuardedBy("this")
        private ClientAddress client;
        /** None before the first byte: most connections never have unfinished input. */
        @GuardedBy("this")
        private @Nullable Holder holder;

        @GuardedBy("this")
        private boolean closed;
        /** Written under the lock, read by any. */
        private volatile long bytes;

        private Account(ClientAddress client, Consumer<Excess> end) {
            this.client = client;
            this.end = end;
        }

        /** Adds held bytes, or removes them; does nothing once the account is closed. */
        public void add(long more) {
            if (more == 0) {
                return;
            }
            Holder mine;
            ClientAddress whose;
            synchronized (this) {
                if (closed) {
                    return;
                }
                mine = holder == null ? join(this, client) : holder;
                holder = mine;
                whose = client;
                bytes += more;
                mine.held.addAndGet(more);
                held.addAndGet(more);
            }
            if (more > 0) {
                check(whose, mine);
            }
        }

        /** Counts for another client from now on: a proxy's connection serves one client after the other. */
        public synchronized void moveTo(ClientAddress other) {
            if (other.equals(client)) {
                return;
            }
            Holder before = holder;
            if (before != null) {
                leave(this, client);
                before.held.addAndGet(-bytes);
                holder = join(this, other);
                holder.held.addAndGet(bytes);
            }
            client = other;
        }

        /** Ends the account: nothing is held now or later; answers whether it was open. */
        public synchronized boolean close() {
            if (closed) {
                return false;
            }
            closed = true;
            Holder mine = holder;
            if (mine != null) {
                holder = null;
                leave(this, client);
                mine.held.addAndGet(-bytes);
                held.addAndGet(-bytes);
                bytes = 0;
            }
            return true;
        }
    }
}
