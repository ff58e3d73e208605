package dev.sightline.admin;

import dev.sightline.http.Problem;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.Sharing;
import dev.sightline.http.StaticResources;
import dev.sightline.stream.StreamRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The web UI: a few pages and what they are made of, plain files without a build step. */
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
        routes.get("/live/{name}", request -> ofStream(request, "live.html"));
        routes.get("/publish", request -> guarded(files.serve(request, "publishers.html")));
        routes.get("/publish/{name}", request -> ofStream(request, "publish.html"));
        routes.get("/assets/{resource...}", request -> shared(files.serve(request, request.parameter("resource"))));
        routes.shared("/live/{name}", Sharing.EMBEDDABLE).shared("/assets/{resource...}", Sharing.PUBLIC);
        routes.resource("/favicon.ico", files, "favicon.svg");
    }

    /** A page of one stream; for a name that no stream has, browsers get it too: it says so, and which there are. */
    private Response ofStream(Request request, String page) {
        String name = request.parameter("name");
        if (request.path().endsWith("/")) {
            return Response.redirect("../" + encoded(name)); // it finds its files from there
        }
        if (streams.names().contains(name)) {
            return guarded(files.serve(request, page, html -> named(html, name)));
        }
        Problem problem = UnknownStream.problem(name, streams);
        if (request.header("Accept").orElse("").contains("text/html")) {
            String html = new String(files.bytes(page).orElseThrow(), StandardCharsets.UTF_8);
            byte[] named = named(html, name).getBytes(StandardCharsets.UTF_8);
            return guarded(Response.bytes("text/html; charset=utf-8", named).withStatus(problem.status()));
        }
        return Response.problem(problem);
    }

    /** For browsers without JavaScript, in which the page cannot find out its stream's name. */
    private static String named(String html, String name) {
        return html.replace("##NAME##", encoded(name));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * What pages of any origin may load (the Fetch standard): the element's own files, so that it can say on such a page that
     * it may show nothing there.
     */
    private static Response shared(Response file) {
        return file.withHeader("Access-Control-Allow-Origin", "*");
    }

    /** The page with what it may load: nothing but this server's own. */
    static Response guarded(Response page) {
        return page.withHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
}
