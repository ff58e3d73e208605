package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.StaticResources;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.tls.CertificateStatus;
import dev.sightline.http.tls.Tls;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The authority's certificate for installation, the page that explains it, and the status of the server's own. They are served
 * by plain HTTP too: before the certificate is installed, HTTPS shows a warning.
 */
final class CertificatePage {
    private static final String CERTIFICATE = "/ca.crt";
    private static final String PAGE = "/certificate";

    private final StaticResources files = StaticResources.beside(CertificatePage.class, "web");
    private final Optional<Tls> tls;

    CertificatePage(Optional<Tls> tls) {
        this.tls = tls;
    }

    void addTo(Routes routes) {
        routes.get(CERTIFICATE, request -> certificate()).overPlainHttpToo(CERTIFICATE);
        routes.get(PAGE, this::page).overPlainHttpToo(PAGE);
        routes.get(
                "/api/certificate",
                Operation.of(Api.TAG, "readCertificate", "the certificate of HTTPS")
                        .answers(Content.json(Shown.class))
                        .refuses(404, "The server speaks plain HTTP."),
                request -> Api.fresh(Response.json(status())));
        routes.needs(CERTIFICATE, Need.nothing()).needs(PAGE, Need.nothing()).needs("/api/certificate", Need.login());
    }

    private Response certificate() {
        String pem = tls.flatMap(Tls::authorityPem).orElseThrow(CertificatePage::nothingToInstall);
        byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
        return Api.fresh(Response.bytes("application/x-x509-ca-cert", bytes));
    }

    private Response page(Request request) {
        if (tls.flatMap(Tls::authority).isEmpty()) {
            throw nothingToInstall();
        }
        CertificateStatus status = tls.get().status();
        String page = new String(files.bytes("certificate.html").orElseThrow(), StandardCharsets.UTF_8)
                .replace("##AUTHORITY##", escaped(status.issuer()))
                .replace("##FINGERPRINT##", escaped(status.issuerFingerprint()))
                .replace("##NAMES##", escaped(String.join(", ", status.names())))
                .replace("##EXPIRES##", escaped(status.expires().toString().substring(0, 10)))
                .replace("##PROBLEM##", escaped(status.problem().orElse("")));
        return Pages.guarded(Api.fresh(Response.html(page)));
    }

    private Shown status() {
        CertificateStatus status = tls.map(Tls::status)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(404, "this server speaks plain HTTP, without a certificate; --tls auto makes one")));
        return new Shown(
                status.names(), status.expires(), status.issuer(), status.issuerFingerprint(), status.problem());
    }

    private static ProblemException nothingToInstall() {
        return new ProblemException(
                Problem.of(404, "there is no certificate to install: this server was not started with --tls auto"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * The server's certificate.
     *
     * @param names it is for
     * @param expires when it does
     * @param issuer who signed it
     * @param issuerFingerprint of the issuer's certificate
     * @param problem why it could not be renewed
     */
    @JsonTypeName("Certificate")
    record Shown(
            List<String> names, Instant expires, String issuer, String issuerFingerprint, Optional<String> problem) {}
}
