package dev.sightline.app.configuration;

import dev.sightline.config.ConfigException;

/** Code of the user's does not return; the message says which. */
final class UnfinishedException extends ConfigException {
    private static final long serialVersionUID = 1L;

    UnfinishedException(String message) {
        super(message);
    }
}
