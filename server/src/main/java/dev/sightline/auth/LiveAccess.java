package dev.sightline.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An access that can end. Safe for use by any thread. */
final class LiveAccess implements Access {
    /** Empty for everybody, without a login. */
    private final Optional<Principal> principal;

    @GuardedBy("this")
    private @Nullable List<Runnable> listeners = new ArrayList<>();

    LiveAccess(Principal principal) {
        this.principal = Optional.of(principal);
    }

    private LiveAccess() {
        this.principal = Optional.empty();
    }

    /** Of everybody, until logins are demanded. */
    static LiveAccess open() {
        return new LiveAccess();
    }

    Optional<Principal> principal() {
        return principal;
    }

    @Override
    public String name() {
        return principal.map(Principal::name).orElse("");
    }

    @Override
    public boolean isLogin() {
        return principal.isPresent();
    }

    @Override
    public boolean may(Action action, String stream) {
        return principal.isEmpty() || principal.get().may(action, stream);
    }

    @Override
    public boolean isAdmin() {
        return principal.isEmpty() || principal.get().isAdmin();
    }

    @Override
    public synchronized boolean isOver() {
        return listeners == null;
    }

    /** Whether anything lasts that ends with it. */
    synchronized boolean isInUse() {
        return listeners != null && !listeners.isEmpty();
    }

    @Override
    public Runnable onEnd(Runnable action) {
        synchronized (this) {
            if (listeners != null) {
                listeners.add(action);
                return () -> withdraw(action);
            }
        }
        action.run();
        return () -> {};
    }

    private synchronized void withdraw(Runnable action) {
        if (listeners != null) {
            listeners.remove(action);
        }
    }

    @Override
    public boolean isOfSame(Access other) {
        return other instanceof LiveAccess live
                && (principal.isEmpty()
                        ? live.principal.isEmpty()
                        : live.principal.filter(principal.get()::isSame).isPresent());
    }

    /** Ends it, once. */
    void end() {
        List<Runnable> ending;
        synchronized (this) {
            ending = listeners == null ? List.of() : listeners;
            listeners = null;
        }
        ending.forEach(Runnable::run);
    }
}
