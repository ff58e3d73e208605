package dev.sightline.auth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An access that can end. Safe for use by any thread. */
final class LiveAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAccess.class);

    /** Empty for everybody, without a login. */
    private final Optional<Principal> principal;

    @GuardedBy("this")
    private @Nullable Set<Runnable> listeners = new LinkedHashSet<>();

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

    /** Whether it comes by a share link. */
    boolean isShare() {
        return principal.filter(who -> who.kind() == Principal.Kind.SHARE).isPresent();
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
        Runnable own = () -> runSafely(action); // of its own even if the same is given twice
        synchronized (this) {
            if (listeners != null) {
                listeners.add(own);
                return () -> withdraw(own);
            }
        }
        own.run();
        return () -> {};
    }

    private synchronized void withdraw(Runnable action) {
        if (listeners != null) {
            listeners.remove(action);
        }
    }

    @Override
    public boolean isOfSame(Access other) {
        return JointAccess.login(other) instanceof LiveAccess live
                && (principal.isEmpty()
                        ? live.principal.isEmpty()
                        : live.principal.filter(principal.get()::isSame).isPresent());
    }

    /** Whether it is what somebody has, or a part of that. */
    boolean isPartOf(Access who) {
        return who == this || who instanceof JointAccess joint && (joint.login() == this || joint.share() == this);
    }

    /** Ends it, once. */
    void end() {
        Set<Runnable> ending;
        synchronized (this) {
            ending = listeners == null ? Set.of() : listeners;
            listeners = null;
        }
        ending.forEach(Runnable::run);
    }

    /** One that fails must not keep the others alive. */
    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.warn("something that a login opened could not be ended: {}", e.toString());
        }
    }
}
