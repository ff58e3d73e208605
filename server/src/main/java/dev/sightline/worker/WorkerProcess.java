package dev.sightline.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child's side: connects to the server that started this process, makes itself ready, waits for its work, and does it. The
 * process lasts no longer than the server: at the end of standard input it ends, too. It leaves SIGINT and SIGTERM, which a
 * terminal or a supervisor sends to all processes at once, to the server.
 */
public final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final int FAILED = 1;
    private static final int GRACE_MILLIS = 1_000;
    private static final int SIGNAL_GRACE_SECONDS = 30;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final CountDownLatch parentGone = new CountDownLatch(1);
    private final IntConsumer halt;

    private WorkerProcess(IntConsumer halt) {
        this.halt = halt;
    }

    /**
     * Runs until the process shall end, with the code that {@code main} then passes on.
     *
     * @param input standard input, on which nobody else has read
     * @param halt ends this process at once
     * @throws IOException if the server cannot be reached, or did not start this process
     */
    public static int run(InputStream input, IntConsumer halt) throws IOException, InterruptedException {
        return new WorkerProcess(halt).run(input);
    }

    private int run(InputStream input) throws IOException, InterruptedException {
        Instructions told = Instructions.read(input);
        Threads.start("worker-parent", () -> awaitParent(input));
        Runtime.getRuntime().addShutdownHook(new Thread(this::awaitEnd, "worker-signal"));
        try {
            WorkNotes notes = new MappedNotes(NoteSlots.open(Instructions.notes(told.folder())));
            work(told.body(), connect(told), notes);
            return 0;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.error("a worker ends, since its work failed: {}", e.toString(), e);
            return FAILED;
        } finally {
            finished.countDown();
        }
    }

    private Connected connect(Instructions told) throws IOException {
        Connected connected =
                new Connected(SocketChannel.open(UnixDomainSocketAddress.of(Instructions.socket(told.folder()))));
        connected.channel.startWriting("worker-out");
        connected.channel.send(Envelope.internal(Envelope.HELLO, told.token()));
        Threads.start("worker-in", connected.channel::read);
        return connected;
    }

    private void work(String name, Connected connected, WorkNotes notes)
            throws ReflectiveOperationException, InterruptedException {
        WorkerBody body = Class.forName(name)
                .asSubclass(WorkerBody.class)
                .getDeclaredConstructor()
                .newInstance();
        body.prepare();
        connected.channel.send(Envelope.internal(Envelope.READY));
        begun.await();
        body.run(connected.link, notes);
    }

    /** Nothing more comes on standard input: its end is the server's. */
    private void awaitParent(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The same.
        }
        parentGone.countDown();
        haltSoon();
    }

    /** Lets the body close its streams, for a moment. */
    private void haltSoon() {
        try {
            boolean orderly = finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            halt.accept(orderly ? 0 : FAILED);
        } catch (InterruptedException e) {
            halt.accept(FAILED);
        }
    }

    /** In the hook of a shutdown that a signal began: all goes on meanwhile, until the server ends. */
    private void awaitEnd() {
        try {
            if (finished.getCount() > 0 && parentGone.await(SIGNAL_GRACE_SECONDS, TimeUnit.SECONDS)) {
                finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection to the server. */
    private final class Connected implements MessageChannel.Listener {
        private final MessageChannel channel;
        private final TenantLink link;

        Connected(SocketChannel socket) {
            this.channel = new MessageChannel(socket, this);
            this.link = new TenantLink(envelope -> channel.send(envelope) == Outbox.Offer.TAKEN, channel::close);
        }

        @Override
        public void received(Envelope envelope) throws ProtocolException {
            if (envelope.is(Envelope.PING)) {
                channel.send(Envelope.internal(Envelope.PONG));
            } else if (envelope.is(Envelope.BEGIN)) {
                begun.countDown();
            } else {
                link.received(envelope.message());
            }
        }

        @Override
        public void ended(String reason, boolean rubbish) {
            link.ended(reason);
            Threads.start("worker-end", WorkerProcess.this::haltSoon);
        }
    }
}
