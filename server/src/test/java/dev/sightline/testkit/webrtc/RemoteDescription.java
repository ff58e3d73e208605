package dev.sightline.testkit.webrtc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a server says of itself in SDP (RFC 8866), as far as one row of video needs it.
 *
 * @param text as it came
 */
public record RemoteDescription(String text) {

    /** What ICE calls the server. */
    public String ufrag() {
        return attribute("ice-ufrag").orElseThrow(() -> missing("ice-ufrag"));
    }

    /** What seals ICE's messages to the server. */
    public String password() {
        return attribute("ice-pwd").orElseThrow(() -> missing("ice-pwd"));
    }

    /** SHA-256 of the server's certificate. */
    public String fingerprint() {
        String[] words = attribute("fingerprint")
                .orElseThrow(() -> missing("fingerprint"))
                .split(" ");
        if (!words[0].equalsIgnoreCase("sha-256")) {
            throw new IllegalArgumentException("a fingerprint by " + words[0]);
        }
        return words[1];
    }

    /** Who begins with DTLS: the server should say {@code passive} in an answer. */
    public String setup() {
        return attribute("setup").orElseThrow(() -> missing("setup"));
    }

    /** Whether the server's ICE only answers. */
    public boolean isIceLite() {
        return lines().anyMatch("a=ice-lite"::equals);
    }

    /** What the section of media is called. */
    public Optional<String> mid() {
        return attribute("mid");
    }

    /** The first word of {@code a=sendonly} and the like. */
    public Optional<String> direction() {
        return lines().map(line -> line.substring(Math.min(2, line.length())))
                .filter(List.of("sendonly", "recvonly", "sendrecv", "inactive")::contains)
                .findFirst();
    }

    /** Where the server can be reached, in its order. */
    public List<Candidate> candidates() {
        return attributes("candidate").map(Candidate::parse).toList();
    }

    /** Codecs by payload type, in upper case as SDP has them: VP8, H264, RTX. */
    public Map<Integer, String> codecs() {
        Map<Integer, String> found = new TreeMap<>();
        attributes("rtpmap").forEach(line -> {
            String[] words = line.split("[ /]");
            found.put(Integer.parseInt(words[0]), words[1].toUpperCase(Locale.ROOT));
        });
        return found;
    }

    /** Header extensions by number. */
    public Map<Integer, String> extensions() {
        Map<Integer, String> found = new TreeMap<>();
        attributes("extmap").forEach(line -> {
            String[] words = line.split(" ");
            found.put(Integer.parseInt(words[0].split("/")[0]), words[1]);
        });
        return found;
    }

    /** The value of the first attribute of that name. */
    public Optional<String> attribute(String name) {
        return attributes(name).findFirst();
    }

    private Stream<String> attributes(String name) {
        String prefix = "a=" + name + ":";
        return lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()));
    }

    private Stream<String> lines() {
        return text.lines().map(String::strip);
    }

    private NoSuchElementException missing(String name) {
        return new NoSuchElementException("the server's description has no a=" + name + ":\n" + text);
    }
}
