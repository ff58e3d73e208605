package dev.sightline.http.openapi;

/**
 * A route that is described.
 *
 * @param method in upper case
 * @param path with its parameters in braces
 * @param operation what it promises
 */
public record Described(String method, String path, Operation operation) {}
