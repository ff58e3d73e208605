package dev.sightline.admin;

import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.StaticResources;
import dev.sightline.stream.LiveStream;
import dev.sightline.stream.StreamRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The web UI: two pages and what they are made of, plain files without a build step. */
final class Pages {
    /** Nothing but this server's own: no script in the page, nothing from elsewhere. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

    private final StaticResources files = StaticResources.beside(Pages.class, "web");
    private final StreamRegistry streams;

    Pages(StreamRegistry streams) {
        this.streams = streams;
    }

    void addTo(Routes routes) {
        routes.get("/", request -> guarded(files.serve(request, "index.html")));
        routes.get("/live/{name}", this::live);
        routes.resources("/assets", files);
        routes.resource("/favicon.ico", files, "favicon.svg");
    }

    /** The page of one stream; for a name that no stream has, browsers get it too: it says so, and which there are. */
    private Response live(Request request) {
        if (request.path().endsWith("/")) {
            return Response.redirect("../" + encoded(request.parameter("name"))); // it finds its files from there
        }
        Optional<LiveStream> stream = streams.find(request.parameter("name"));
        if (stream.isPresent()) {
            return guarded(files.serve(request, "live.html"));
        }
        if (request.header("Accept").orElse("").contains("text/html")) {
            byte[] page = files.bytes("live.html").orElseThrow();
            return guarded(Response.bytes("text/html; charset=utf-8", page).withStatus(404));
        }
        return Response.problem(UnknownStream.problem(request.parameter("name"), streams));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The page with what it may load: nothing but this server's own. */
    static Response guarded(Response page) {
        return page.withHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
}
