package dev.sightline.auth;

import dev.sightline.access.Access;
import dev.sightline.access.Action;
import java.util.concurrent.atomic.AtomicBoolean;

/** Of a user whose browser has come by a share link as well: both, under the user's name, until one ends. */
record JointAccess(LiveAccess login, LiveAccess share) implements Access {

    /** The user's own, of such a one too. */
    static Access login(Access access) {
        return access instanceof JointAccess joint ? joint.login : access;
    }

    @Override
    public String name() {
        return login.name();
    }

    @Override
    public boolean isLogin() {
        return true;
    }

    @Override
    public boolean may(Action action, String stream) {
        return login.may(action, stream) || share.may(action, stream);
    }

    @Override
    public boolean isAdmin() {
        return login.isAdmin();
    }

    @Override
    public boolean isOver() {
        return login.isOver() || share.isOver();
    }

    @Override
    public Runnable onEnd(Runnable action) {
        AtomicBoolean ended = new AtomicBoolean();
        Runnable once = () -> {
            if (!ended.getAndSet(true)) {
                action.run();
            }
        };
        Runnable ofLogin = login.onEnd(once);
        Runnable ofShare = share.onEnd(once);
        return () -> {
            ofLogin.run();
            ofShare.run();
        };
    }

    @Override
    public boolean isOfSame(Access other) {
        return login.isOfSame(other);
    }
}
