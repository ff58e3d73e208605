package dev.sightline.testkit;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.stream.Stream;

/** Counts the pooled network buffers that nobody has released; what threads keep at hand counts until they end. */
public final class NettyMemory {
    private NettyMemory() {}

    /** Number of buffers in use. */
    public static long buffersInUse() {
        var metric = PooledByteBufAllocator.DEFAULT.metric();
        return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }
}
