package dev.sightline.config;

/** A configuration that cannot be used; the message is for the user, one problem a line. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With what is wrong, where, and what to do. */
    public ConfigException(String message) {
        super(message);
    }
}
