package dev.sightline.auth;

import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks passwords, which takes much memory and time: two at a time, and a few wait. So guesses cost two threads and 40 MB at
 * most, however many come. Safe for use by any thread.
 */
final class PasswordCheck implements AutoCloseable {
    /** How many are checked at the same time. */
    static final int MOST_AT_ONCE = 2;

    /** How many wait for that. */
    static final int MOST_WAITING = 16;

    private static final int IDLE_SECONDS = 10;

    /** Of no password: an unknown user takes as long as a known one. */
    private static final String NONE =
            "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final ThreadPoolExecutor threads;

    PasswordCheck() {
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                MOST_AT_ONCE,
                MOST_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                work -> {
                    Thread thread = new Thread(work, "sightline-password-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Checks a password.
     *
     * @param hash that of the account; empty if there is no such account
     * @throws RefusedException if too many wait already
     */
    CompletionStage<Boolean> check(String password, Optional<String> hash) throws RefusedException {
        CompletableFuture<Boolean> right = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    right.complete(Passwords.verify(password, hash.orElse(NONE)) && hash.isPresent());
                } catch (RuntimeException | Error e) {
                    right.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new RefusedException(Reason.LIMIT, "too many log in at the same time: try again in a moment");
        }
        return right;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
