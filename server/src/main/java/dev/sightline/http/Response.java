package dev.sightline.http;

import java.nio.charset.StandardCharsets;

/**
 * One complete answer. Content-Length, Date, Connection and CORS fields are added when it is sent.
 *
 * @param status the HTTP status code
 * @param headers the header fields
 * @param body not to be changed afterwards
 */
public record Response(int status, Headers headers, byte[] body) {
    private static final byte[] NOTHING = new byte[0];

    /** 200 with a value as JSON: a record, a Map, a List and so on. */
    public static Response json(Object value) {
        return bytes("application/json", Json.bytes(value));
    }

    /** 200 with plain text. */
    public static Response text(String text) {
        return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with a page. */
    public static Response html(String page) {
        return bytes("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 with bytes of the given media type; takes ownership of the array. */
    public static Response bytes(String contentType, byte[] body) {
        return new Response(200, Headers.NONE.with("Content-Type", contentType), body);
    }

    /** An answer without a body, for example 204. */
    public static Response empty(int status) {
        return new Response(status, Headers.NONE, NOTHING);
    }

    /** 302 to another address. */
    public static Response redirect(String location) {
        return empty(302).withHeader("Location", location);
    }

    /** A problem as {@code application/problem+json}. */
    public static Response problem(Problem problem) {
        return bytes("application/problem+json", Json.bytes(problem.members())).withStatus(problem.status());
    }

    /** The same answer with another status code. */
    public Response withStatus(int code) {
        return new Response(code, headers, body);
    }

    /** The same answer with one header field set. */
    public Response withHeader(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }
}
