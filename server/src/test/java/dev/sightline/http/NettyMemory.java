package dev.sightline.http;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;

/** Counts the pooled buffers that nobody has released; threads' caches count until their threads have ended. */
final class NettyMemory {
    private NettyMemory() {}

    static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                        .mapToLong(PoolArenaMetric::numActiveAllocations)
                        .sum()
                + PooledByteBufAllocator.DEFAULT.metric().heapArenas().stream()
                        .mapToLong(PoolArenaMetric::numActiveAllocations)
                        .sum();
    }
}
