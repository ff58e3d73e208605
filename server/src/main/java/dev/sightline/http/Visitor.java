package dev.sightline.http;

import dev.sightline.access.Access;
import dev.sightline.http.limits.ClientAddress;
import java.net.InetSocketAddress;

/**
 * Who sends a request.
 *
 * @param remoteAddress the other end of the connection
 * @param client the client for limits per address: the other end, or the one a trusted proxy names
 * @param access what it may do
 */
public record Visitor(InetSocketAddress remoteAddress, ClientAddress client, Access access) {}
