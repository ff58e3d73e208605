package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.access.Access;
import dev.sightline.access.Action;
import dev.sightline.auth.Authorizer;
import dev.sightline.auth.Login;
import dev.sightline.auth.TooManyAttemptsException;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.StaticResources;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.openapi.Operation.Answer;
import dev.sightline.metrics.Family;
import dev.sightline.refusal.RefusedException;
import dev.sightline.stream.NamedStream;
import dev.sightline.stream.StreamRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Logging in and out: the pages {@code /login} and {@code /share}, and what they post to. */
public final class LoginApi {
    private static final String TAG = "logins";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Answer LOGGED_IN = Answer.empty("The answer brings a cookie.");

    private final Authorizer authorizer;
    private final LoginCookie cookie;
    private final StreamRegistry streams;
    private final StaticResources files = StaticResources.beside(LoginApi.class, "web");

    /** Serves the logins of this authorizer. */
    public LoginApi(Authorizer authorizer, LoginCookie cookie, StreamRegistry streams) {
        this.authorizer = authorizer;
        this.cookie = cookie;
        this.streams = streams;
    }

    /** Adds the addresses, and those of users, tokens and share links. */
    public void addTo(Routes routes) {
        routes.get("/login", request -> Pages.guarded(Api.fresh(files.serve(request, "login.html"))))
                .needs("/login", Need.nothing());
        routes.get("/share", request -> Pages.guarded(Api.fresh(files.serve(request, "share.html"))))
                .needs("/share", Need.nothing());
        routes.later("POST", "/api/login", this::login)
                .needs("/api/login", Need.nothing())
                .describe(
                        "POST",
                        "/api/login",
                        described("login", "logs a user in")
                                .takes(object("user", "password"))
                                .refuses(415, AccountsApi.NO_JSON)
                                .refuses(422, AccountsApi.NOT_AS_DESCRIBED)
                                .refuses(503, AccountsApi.FULL)
                                .answers(204, LOGGED_IN)
                                .refuses(401, "The user or the password is wrong.")
                                .refuses(429, "There were too many wrong ones: wait for Retry-After."));
        routes.post("/api/share", this::enter)
                .needs("/api/share", Need.nothing())
                .describe(
                        "POST",
                        "/api/share",
                        described("enterByShareLink", "lets somebody in by the secret of a share link")
                                .takes(object("secret"))
                                .refuses(415, AccountsApi.NO_JSON)
                                .refuses(422, AccountsApi.NOT_AS_DESCRIBED)
                                .refuses(503, AccountsApi.FULL)
                                .answers(Content.json(Entered.class))
                                .refuses(404, "The link is not valid, or not any more."));
        routes.post("/api/logout", this::logout)
                .needs("/api/logout", Need.nothing())
                .describe(
                        "POST",
                        "/api/logout",
                        described("logout", "ends the login of the cookie").answers(204, LOGGED_IN));
        routes.get(
                        "/api/session",
                        described("readSession", "who you are here, and what you may do")
                                .answers(Content.json(Who.class)),
                        request -> Api.fresh(Response.json(who(request.access()))))
                .needs("/api/session", Need.nothing());
        new AccountsApi(authorizer).addTo(routes);
    }

    /** How often people logged in, or tried. */
    public List<Family> figures() {
        return LoginMetrics.read(authorizer);
    }

    private static Operation described(String id, String summary) {
        return Operation.of(TAG, id, summary);
    }

    private static Content object(String... members) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List.of(members).forEach(member -> properties.put(member, TEXT));
        return Content.json(Map.of("type", "object", "required", List.of(members), "properties", properties));
    }

    private CompletionStage<Response> login(Request request) {
        Map<String, Object> body = ConfigurationApi.body(request);
        String user = text(body, "user");
        String password = text(body, "password");
        try {
            return authorizer
                    .login(user, password, request.client().name())
                    .thenApply(
                            login -> login.map(done -> loggedIn(request, done)).orElseThrow(LoginApi::wrong));
        } catch (TooManyAttemptsException e) {
            throw new ProblemException(Problem.of(429, e.getMessage()))
                    .withHeader("Retry-After", Long.toString(e.waitSeconds()));
        } catch (RefusedException e) {
            throw new ProblemException(Problem.of(e)).withHeader("Retry-After", "1");
        }
    }

    static String text(Map<String, Object> body, String member) {
        if (body.get(member) instanceof String text) {
            return text;
        }
        throw new ProblemException(Problem.of(422, "the body has no '" + member + "'"));
    }

    private Response loggedIn(Request request, Login login) {
        return cookie.set(request, Api.fresh(Response.empty(204)), login);
    }

    /** Without WWW-Authenticate: no header would help. */
    private static ProblemException wrong() {
        return new ProblemException(Problem.of(401, "the user or the password is wrong"));
    }

    /** Who may watch the stream already needs nothing more; a login stays in any case. */
    private Response enter(Request request) throws RefusedException {
        Authorizer.SharedStream shared = authorizer.enter(
                text(ConfigurationApi.body(request), "secret"), request.client().name(), request.access());
        Response answer = Api.fresh(Response.json(new Entered(shared.stream())));
        return shared.login()
                .map(login -> cookie.setShare(request, answer, login))
                .orElse(answer);
    }

    private Response logout(Request request) {
        authorizer.logout(request.access());
        return cookie.remove(request, Api.fresh(Response.empty(204)));
    }

    private Who who(Access access) {
        List<String> actions = new ArrayList<>();
        for (Action action : Action.values()) {
            boolean may = action == Action.ADMIN
                    ? access.isAdmin()
                    : streams.all().stream().map(NamedStream::name).anyMatch(name -> access.may(action, name));
            if (may) {
                actions.add(action.word());
            }
        }
        Optional<String> user = access.isLogin() ? Optional.of(access.name()) : Optional.empty();
        return new Who(!authorizer.isOpen(), user, actions);
    }

    /**
     * Who somebody is.
     *
     * @param logins whether this server demands logins
     * @param user who is logged in; of a share link, its id
     * @param may what it may do, with some stream at least
     */
    @JsonTypeName("Who")
    record Who(boolean logins, Optional<String> user, List<String> may) {}

    /**
     * Where a share link leads.
     *
     * @param stream the stream's name
     */
    @JsonTypeName("Entered")
    record Entered(String stream) {}
}
