package dev.sightline.source.rtsp;

import dev.sightline.source.SourceOptions.RtspTransport;

/** Explains a server's refusal and what to do about it, by its status (RFC 2326 section 11). */
final class RtspRefusal {
    private RtspRefusal() {}

    static String explain(int status, boolean login, RtspTransport transport) {
        return switch (status) {
            case 401 ->
                login
                        ? "the server does not accept this user name and password (401): check both, and whether the user"
                                + " may watch"
                        : "the server wants a user name and password (401): put them into the address, as in"
                                + " rtsp://user:password@host/";
            case 403 -> "the server does not permit it (403): check the user's rights";
            case 404, 454 -> "the server has no such stream (" + status + "): check the path of the address";
            case 453 ->
                "the server has no bandwidth for another viewer (453): end one, or use its smaller second stream";
            case 461 ->
                "the server does not send that way (461): write rtsp-transport: "
                        + (transport == RtspTransport.TCP ? "udp" : "tcp");
            case 503 -> "the server is overloaded (503): end another viewer, or restart it";
            default ->
                status < 500
                        ? "the server refuses the request (" + status + "): check the address"
                        : "the server has failed (" + status + "): restart it";
        };
    }
}
