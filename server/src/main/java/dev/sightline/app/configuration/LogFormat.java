package dev.sightline.app.configuration;

/** How the program writes its log. */
public enum LogFormat {
    /** For people: one line per event, and a few more for a fault of the program. */
    TEXT,

    /** For programs: one JSON object per line. */
    JSON
}
