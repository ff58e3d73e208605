package dev.sightline.admin;

import dev.sightline.access.Action;
import dev.sightline.http.Need;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.Sharing;
import dev.sightline.http.StaticResources;
import dev.sightline.refusal.RefusedException;
import dev.sightline.refusal.RefusedException.Reason;
import dev.sightline.stream.StreamRegistry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The web UI: a few pages with their resources, plain files without a build step. */
final class Pages {
    /** Only resources of this server: no inline script, nothing from elsewhere. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";

    private final StaticResources files = StaticResources.beside(Pages.class, "web");
    private final StreamRegistry streams;

    Pages(StreamRegistry streams) {
        this.streams = streams;
    }

    void addTo(Routes routes) {
        routes.get("/", request -> guarded(files.serve(request, "index.html"))).needs("/", Need.login());
        routes.get("/live/{name}", request -> ofStream(request, "live.html", Action.WATCH))
                .needs("/live/{name}", Need.login());
        routes.get("/studio/{name}", request -> ofStream(request, "studio.html", Action.CONTROL))
                .needs("/studio/{name}", Need.login());
        routes.get("/publish", request -> guarded(files.serve(request, "publishers.html")));
        routes.needs("/publish", Need.login()).needs("/publish/{name}", Need.login());
        routes.get("/publish/{name}", request -> ofStream(request, "publish.html", Action.PUBLISH));
        routes.get("/assets/{resource...}", request -> shared(files.serve(request, request.parameter("resource"))));
        routes.shared("/live/{name}", Sharing.EMBEDDABLE).shared("/assets/{resource...}", Sharing.PUBLIC);
        routes.resource("/favicon.ico", files, "favicon.svg");
        routes.needs("/assets/{resource...}", Need.nothing()).needs("/favicon.ico", Need.nothing());
    }

    /**
     * A page of one stream. Browsers also get it for an unknown name: it says so, and lists the streams. The page itself tells
     * nothing; its need is looked at here, so that a stream that one may not see looks like one that does not exist.
     */
    private Response ofStream(Request request, String page, Action action) throws RefusedException {
        String name = request.parameter("name");
        if (request.path().endsWith("/")) {
            return Response.redirect("../" + encoded(name)); // it finds its files from there
        }
        try {
            streams.find(name, request.access());
            if (!request.access().may(action, name)) {
                throw new RefusedException(
                        Reason.FORBIDDEN, "this needs the right '" + action.word() + "' for stream '" + name + "'");
            }
            return guarded(files.serve(request, page, html -> named(html, name)));
        } catch (RefusedException unknown) {
            if (unknown.reason() != Reason.UNKNOWN
                    || !request.header("Accept").orElse("").contains("text/html")) {
                throw unknown;
            }
            String html = new String(files.bytes(page).orElseThrow(), StandardCharsets.UTF_8);
            byte[] named = named(html, name).getBytes(StandardCharsets.UTF_8);
            return guarded(Response.bytes("text/html; charset=utf-8", named).withStatus(unknown.status()));
        }
    }

    /** For browsers without JavaScript, in which the page cannot find its stream's name. */
    private static String named(String html, String name) {
        return html.replace("##NAME##", encoded(name));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Allows pages of any origin to load a file (the Fetch standard): the element's own files, so that it can explain on such a
     * page why it shows nothing.
     */
    private static Response shared(Response file) {
        return file.withHeader("Access-Control-Allow-Origin", "*");
    }

    /** Restricts what a page may load to this server's own resources. */
    static Response guarded(Response page) {
        return page.withHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
}
