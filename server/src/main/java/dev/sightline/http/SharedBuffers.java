package dev.sightline.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Wire buffers made once for all connections of one event loop that send the same thing.
 *
 * <p>Reference counting stays in here: a share stores only the buffer of the newest thing, gives each sender a duplicate to
 * release, and releases the buffer when the next one comes or the last member leaves.
 *
 * @param <K> what is watched, a value
 * @param <V> what is sent, compared by identity
 */
public final class SharedBuffers<K, V> {
    private final Map<Place<K>, Share<K, V>> shares = new ConcurrentHashMap<>();

    public SharedBuffers() {}

    /**
     * Adds a member to an event loop's share of one watched thing; called on that event loop.
     *
     * @param maker makes the wire buffer of a thing, which is then owned here; the same for all with that key
     */
    public Share<K, V> join(EventExecutor executor, K key, Function<V, ByteBuf> maker) {
        Share<K, V> share =
                shares.computeIfAbsent(new Place<>(executor, key), place -> new Share<>(this, place, maker));
        share.members++;
        return share;
    }

    /** The number of shares that have members. */
    public int size() {
        return shares.size();
    }

    private record Place<K>(EventExecutor executor, K key) {}

    /** One event loop's part; used only on that event loop. */
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

        /** The wire buffer of a thing; the caller releases it. */
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

        /** Removes a member; called once for each {@link SharedBuffers#join}. */
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
