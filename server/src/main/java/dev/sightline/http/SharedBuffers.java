package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Wire buffers made once for all connections of one event loop that are sent the same thing.
 *
 * <p>The counting of references stays in here: a share holds the buffer of the newest thing only, gives every sender a
 * duplicate to be given away, and lets the buffer go when the next one comes or the last member leaves.
 *
 * @param <K> what is watched, a value
 * @param <V> what is sent, compared by identity
 */
public final class SharedBuffers<K, V> {
    private final Map<Place<K>, Share<K, V>> shares = new ConcurrentHashMap<>();

    /** Nothing is shared yet. */
    public SharedBuffers() {}

    /**
     * The share of an event loop in one watched thing, with one member more; called on that event loop.
     *
     * @param maker makes the wire buffer of a thing, which is then owned here; the same for all with that key
     */
    public Share<K, V> join(EventExecutor executor, K key, Function<V, ByteBuf> maker) {
        Share<K, V> share =
                shares.computeIfAbsent(new Place<>(executor, key), place -> new Share<>(this, place, maker));
        share.members++;
        return share;
    }

    /** Number of shares that have members. */
    public int size() {
        return shares.size();
    }

    private record Place<K>(EventExecutor executor, K key) {}

    /** One event loop's part; used on that event loop alone. */
    public static final class Share<K, V> {
        private final SharedBuffers<K, V> all;
        private final Place<K> place;
        private final Function<V, ByteBuf> maker;
        private int members;
        private @Nullable V current;
        private @Nullable ByteBuf buffer;

        private Share(SharedBuffers<K, V> all, Place<K> place, Function<V, ByteBuf> maker) {
            this.all = all;
            this.place = place;
            this.maker = maker;
        }

        /** The wire buffer of a thing, to be given away. */
        public ByteBuf of(V value) {
            ByteBuf held = buffer;
            if (held == null || value != current) {
                release();
                held = maker.apply(value);
                buffer = held;
                current = value;
            }
            return held.retainedDuplicate();
        }

        /** One member less; called once for each {@link SharedBuffers#join}. */
        public void leave() {
            members--;
            if (members == 0) {
                all.shares.remove(place);
                release();
            }
        }

        private void release() {
            ByteBuf held = buffer;
            buffer = null;
            current = null;
            if (held != null) {
                held.release();
            }
        }
    }
}
