package dev.sightline.http;

import dev.sightline.http.limits.ClientAddress;
import java.net.InetAddress;

/**
 * Where a request comes from.
 *
 * @param peer the other end of the connection, or the one that a proxy named by the PROXY protocol
 * @param byLoopback whether it came through a loopback address
 * @param client whom limits and guesses count for
 */
record Sender(InetAddress peer, boolean byLoopback, ClientAddress client) {}
