package dev.sightline.config;

/** A configuration is invalid; the message is for the user, one problem per line. */
public class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Creates one that says what is wrong, where, and what to do. */
    public ConfigException(String message) {
        super(message);
    }
}
