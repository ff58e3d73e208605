package dev.sightline.http;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, but a channel stays registered while it waits for nothing. Netty removes it then (netty/netty pull request
 * 16689, in 4.2.18 and 4.2.20), but does not add it again once it waits to write: {@code epoll_ctl} fails with ENOENT, and
 * unsent data is lost. That happens to clients that shut down their side of a connection during a long answer.
 */
record LastingEpoll(IoHandler epoll) implements IoHandler {
    /** So many connections are served in a turn, then the frames that wait: a thousand newcomers at once are no gap in a stream. */
    private static final int MOST_EVENTS = 8;

    static IoHandlerFactory factory() {
        IoHandlerFactory epoll = EpollIoHandler.newFactory(MOST_EVENTS, DefaultSelectStrategyFactory.INSTANCE);
        return executor -> new LastingEpoll(epoll.newHandler(executor));
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new LastingRegistration(epoll.register(handle));
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handle) {
        return epoll.isCompatible(handle);
    }

    private record LastingRegistration(IoRegistration registration) implements IoRegistration {
        /** Waits for nothing, with only the edge-triggered mode set. */
        private static final IoOps NOTHING = EpollIoOps.EPOLLET;

        @Override
        public long submit(IoOps ops) {
            return registration.submit(EpollIoOps.NONE.equals(ops) ? NOTHING : ops);
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's way
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
