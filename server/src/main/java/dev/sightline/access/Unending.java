package dev.sightline.access;

/**
 * An access that never ends.
 *
 * @param everything whether it may do everything, or nothing
 */
record Unending(boolean everything) implements Access {
    static final Access OPEN = new Unending(true);
    static final Access NOBODY = new Unending(false);

    @Override
    public String name() {
        return "";
    }

    @Override
    public boolean isLogin() {
        return false;
    }

    @Override
    public boolean may(Action action, String stream) {
        return everything;
    }

    @Override
    public boolean isAdmin() {
        return everything;
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public Runnable onEnd(Runnable action) {
        return () -> {};
    }

    @Override
    public boolean isOfSame(Access other) {
        return equals(other);
    }
}
