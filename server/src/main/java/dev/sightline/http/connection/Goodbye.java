package dev.sightline.http.connection;

/** The event that tells a connection to come to its end. */
public enum Goodbye {
    /** The server stops. */
    SERVER_STOPS
}
