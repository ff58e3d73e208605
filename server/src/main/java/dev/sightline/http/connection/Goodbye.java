package dev.sightline.http.connection;

/** The event that asks a connection to end. */
public enum Goodbye {
    /** The server stops. */
    SERVER_STOPS
}
