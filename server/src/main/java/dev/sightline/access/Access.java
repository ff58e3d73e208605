package dev.sightline.access;

/**
 * What one client may do, until it ends: by revocation, expiry, log-out, or because the configuration changed. Safe for use by
 * any thread.
 */
@SuppressWarnings(
        "ClassInitializationDeadlock") // nothing but this type names Unending, so its initialization begins here
public interface Access {
    /** Without logins: everything is allowed, by whoever the rules for changes without logins let in. */
    static Access open() {
        return Unending.OPEN;
    }

    /** Somebody who has not proved who it is. */
    static Access nobody() {
        return Unending.NOBODY;
    }

    /** Who it is, for people: a user's or token's name; empty without a login. */
    String name();

    /** Whether it proved who it is, so that its rights alone decide. */
    boolean isLogin();

    /** Whether it may do this with a stream, whether or not there is one of that name. */
    boolean may(Action action, String stream);

    /** Whether it may do everything. */
    boolean isAdmin();

    /** Whether it has ended. */
    boolean isOver();

    /**
     * Runs an action when it ends, by any thread; at once if it has ended.
     *
     * @return withdraws the action
     */
    Runnable onEnd(Runnable action);

    /** Whether both belong to the same user, token or share link. */
    boolean isOfSame(Access other);

    /** Whether it may see the stream at all. */
    default boolean sees(String stream) {
        return may(Action.WATCH, stream);
    }
}
