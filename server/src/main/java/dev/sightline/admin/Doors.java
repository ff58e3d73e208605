package dev.sightline.admin;

import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.tls.MachineNames;
import dev.sightline.http.tls.Tls;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How others reach this server: its address for a phone, as text and as a QR code, and its certificate. */
public final class Doors {
    private final Optional<Tls> tls;
    private final String boundTo;

    private Doors(Optional<Tls> tls, String boundTo) {
        this.tls = tls;
        this.boundTo = boundTo;
    }

    /**
     * Adds {@code /api/phone}, its QR code, and the pages and files of the certificate.
     *
     * @param tls the certificate, if the server uses HTTPS
     * @param boundTo the address it listens on
     */
    public static void addTo(Routes routes, Optional<Tls> tls, String boundTo) {
        Doors doors = new Doors(tls, boundTo);
        routes.get(
                "/api/phone",
                Operation.of(Api.TAG, "readPhone", "the address for other devices")
                        .answers(Content.json(Phone.class)),
                doors::phone);
        routes.get(
                "/api/phone/qr.svg",
                Operation.of(Api.TAG, "readPhoneQrCode", "the same as a QR code")
                        .answers(Content.text("image/svg+xml"))
                        .refuses(404, "The server listens only on this computer."),
                doors::qrCode);
        routes.needs("/api/phone", Need.login()).needs("/api/phone/qr.svg", Need.login());
        new CertificatePage(tls).addTo(routes);
        routes.overPlainHttpToo("/health")
                .overPlainHttpToo("/health/live")
                .overPlainHttpToo("/health/ready")
                .overPlainHttpToo("/assets/{resource...}")
                .overPlainHttpToo("/favicon.ico");
    }

    /** The address of the start page. */
    public static URI address(boolean secure, String host, int port) {
        String name = host.replaceFirst("%.*", "");
        boolean bare = name.contains(":") && !name.startsWith("[");
        return URI.create((secure ? "https://" : "http://") + (bare ? "[" + name + "]" : name) + ":" + port + "/");
    }

    private Response phone(Request request) {
        Optional<URI> address = addressFor(request);
        return Api.fresh(Response.json(new Phone(
                address.map(URI::toString).orElse(""),
                tls.isPresent() || request.isForwardedHttps(),
                address.flatMap(this::certificatePage).orElse(""))));
    }

    private Response qrCode(Request request) {
        return addressFor(request)
                .map(address -> QrPicture.of(address.toString()).svg())
                .map(svg -> Response.bytes("image/svg+xml", svg.getBytes(StandardCharsets.UTF_8)))
                .map(Api::fresh)
                .orElseGet(() -> Response.problem(
                        Problem.of(404, "this server listens only on this computer: start it with --host 0.0.0.0")));
    }

    /** Where to install the certificate, over plain HTTP: it is not trusted yet. */
    private Optional<String> certificatePage(URI address) {
        return tls.flatMap(Tls::authority)
                .map(authority -> address(false, address.getHost(), address.getPort())
                        .resolve("/certificate")
                        .toString());
    }

    /** The client's name for this server, if others can use it too, else this computer's address; with the client's port. */
    private Optional<URI> addressFor(Request request) {
        URI asked = asked(request);
        boolean secure = tls.isPresent() || request.isForwardedHttps();
        int port = asked.getPort() >= 0 ? asked.getPort() : secure ? 443 : 80;
        return lanAddress()
                .map(InetAddress::getHostAddress)
                .map(own -> isLocal(asked.getHost()) ? own : asked.getHost())
                .map(host -> address(secure, host, port).resolve(request.basePath() + "/"));
    }

    private Optional<InetAddress> lanAddress() {
        try {
            return MachineNames.lanAddress(InetAddress.getByName(boundTo));
        } catch (UnknownHostException e) {
            return Optional.empty(); // it was known when the server was bound to it
        }
    }

    private static URI asked(Request request) {
        try {
            URI asked = URI.create("any://" + request.header("Host").orElse("localhost"));
            return asked.getHost() == null ? URI.create("any://localhost") : asked;
        } catch (IllegalArgumentException e) {
            return URI.create("any://localhost");
        }
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]")
                || host.equals("0.0.0.0");
    }

    /**
     * How a phone reaches this server.
     *
     * @param address of the start page; empty where only this computer reaches it
     * @param camera whether its browser allows the camera there
     * @param certificate where to install the certificate; empty where nothing is to install
     */
    record Phone(String address, boolean camera, String certificate) {}
}
