package dev.sightline.transport.input;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.http.limits.ClientAddress;
import dev.sightline.http.limits.TokenBucket;
import dev.sightline.stream.InputSender;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many inputs each address may send by HTTP, where a client has a connection per request. Safe for use by any thread.
 */
final class InputRates {
    /** Beyond this, the address that was first seen is forgotten, and begins with a full bucket again. */
    static final int MOST_ADDRESSES = 1_000;

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>();

    InputRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the client may send one more now; always, for programs of this computer. */
    synchronized boolean take(ClientAddress client) {
        return client.limited().map(address -> bucket(address).take(1)).orElse(true);
    }

    /** The number of addresses that are known now. */
    synchronized int addresses() {
        return buckets.size();
    }

    @GuardedBy("this")
    private TokenBucket bucket(String address) {
        TokenBucket known = buckets.get(address);
        if (known != null) {
            return known;
        }
        if (buckets.size() == MOST_ADDRESSES) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        TokenBucket bucket = new TokenBucket(InputSender.PER_SECOND, InputSender.AT_ONCE, nanoTime);
        buckets.put(address, bucket);
        return bucket;
    }
}
