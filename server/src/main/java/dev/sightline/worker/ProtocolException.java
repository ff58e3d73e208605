package dev.sightline.worker;

/** The other process sent what is no message. Its message goes on after "the worker was ended because". */
final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
