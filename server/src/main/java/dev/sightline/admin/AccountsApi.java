package dev.sightline.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sightline.auth.Accounts;
import dev.sightline.auth.Accounts.AccountInfo;
import dev.sightline.auth.Accounts.LoginInfo;
import dev.sightline.auth.Accounts.ShareInfo;
import dev.sightline.auth.Authorizer;
import dev.sightline.http.LaterHandler;
import dev.sightline.http.Need;
import dev.sightline.http.Problem;
import dev.sightline.http.ProblemException;
import dev.sightline.http.Request;
import dev.sightline.http.Response;
import dev.sightline.http.Routes;
import dev.sightline.http.openapi.Content;
import dev.sightline.http.openapi.Operation;
import dev.sightline.http.openapi.Operation.Answer;
import dev.sightline.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** The part of the control API that lists, makes and takes back logins, users, tokens and share links. */
final class AccountsApi {
    static final String NO_JSON = "The body is not JSON.";
    static final String NOT_AS_DESCRIBED = "The body is not as described; the reason is in words.";
    static final String FULL = "There are as many as may be, or too much is being done already: try again later.";

    private static final String TAG = "logins";
    private static final String SESSIONS = "/api/sessions";
    private static final String USERS = "/api/users";
    private static final String TOKENS = "/api/tokens";
    private static final String SHARES = "/api/streams/{name}/shares";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> TEXTS = Map.of("type", "array", "items", TEXT);
    private static final Answer GONE = Answer.empty("It is gone, and what it opened has ended.");

    private final Accounts accounts;

    AccountsApi(Authorizer authorizer) {
        this.accounts = authorizer.accounts();
    }

    void addTo(Routes routes) {
        routes.get(
                SESSIONS,
                described("listLogins", "your logins; everybody's for those who may do everything")
                        .answers(Content.listOf(LoginInfo.class)),
                request -> Api.fresh(Response.json(accounts.logins(request.access()))));
        routes.delete(
                SESSIONS + "/{id}",
                described("endLogin", "ends a login").answers(204, GONE).refuses(404, "There is no such login."),
                this::endLogin);
        routes.needs(SESSIONS, Need.login()).needs(SESSIONS + "/{id}", Need.login());
        users(routes);
        tokens(routes);
        shares(routes);
    }

    private void users(Routes routes) {
        routes.get(
                USERS,
                described("listUsers", "the users").answers(Content.listOf(AccountInfo.class)),
                request -> Api.fresh(Response.json(accounts.users())));
        change(
                routes,
                "POST",
                USERS,
                described("putUser", "adds a user, or changes one that was added")
                        .takes(object(Map.of("name", TEXT, "password", TEXT, "may", TEXTS)))
                        .refuses(415, NO_JSON)
                        .refuses(422, NOT_AS_DESCRIBED)
                        .refuses(503, FULL)
                        .answers(Content.json(AccountInfo.class))
                        .refuses(409, "The configuration names it."),
                request -> {
                    Map<String, Object> body = ConfigurationApi.body(request);
                    return accounts.putUser(
                                    LoginApi.text(body, "name"), LoginApi.text(body, "password"), texts(body, "may"))
                            .thenApply(made -> Api.fresh(Response.json(made)));
                });
        change(
                routes,
                "DELETE",
                USERS + "/{user}",
                described("removeUser", "removes a user that was added")
                        .answers(204, GONE)
                        .refuses(404, "There is no such user.")
                        .refuses(409, "The configuration names it."),
                request -> accounts.removeUser(request.parameter("user")).thenApply(gone -> Response.empty(204)));
        routes.needs(USERS, Need.admin()).needs(USERS + "/{user}", Need.admin());
    }

    private void tokens(Routes routes) {
        routes.get(
                TOKENS,
                described("listTokens", "the tokens for programs").answers(Content.listOf(AccountInfo.class)),
                request -> Api.fresh(Response.json(accounts.tokens())));
        change(
                routes,
                "POST",
                TOKENS,
                described("makeToken", "makes a token, which is told this once")
                        .takes(object(Map.of("name", TEXT, "may", TEXTS)))
                        .refuses(415, NO_JSON)
                        .refuses(422, NOT_AS_DESCRIBED)
                        .refuses(503, FULL)
                        .answers(Content.json(MadeToken.class))
                        .refuses(409, "There is one of that name."),
                request -> {
                    Map<String, Object> body = ConfigurationApi.body(request);
                    return accounts.makeToken(LoginApi.text(body, "name"), texts(body, "may"))
                            .thenApply(made -> Api.fresh(Response.json(new MadeToken(
                                    made.info().name(), made.info().may(), made.secret()))));
                });
        change(
                routes,
                "DELETE",
                TOKENS + "/{token}",
                described("removeToken", "takes a token back")
                        .answers(204, GONE)
                        .refuses(404, "There is no such token.")
                        .refuses(409, "The configuration names it."),
                request -> accounts.removeToken(request.parameter("token")).thenApply(gone -> Response.empty(204)));
        routes.needs(TOKENS, Need.admin()).needs(TOKENS + "/{token}", Need.admin());
    }

    private void shares(Routes routes) {
        routes.get(
                SHARES,
                described("listShares", "the share links of a stream").answers(Content.listOf(ShareInfo.class)),
                request -> Api.fresh(Response.json(accounts.shares(request.parameter("name")))));
        change(
                routes,
                "POST",
                SHARES,
                described("share", "makes a link by which anybody may watch the stream for a time")
                        .takes(object(Map.of("seconds", Map.of("type", "integer", "minimum", 1))))
                        .refuses(415, NO_JSON)
                        .refuses(422, NOT_AS_DESCRIBED)
                        .refuses(503, FULL)
                        .answers(Content.json(MadeShare.class)),
                request -> accounts.share(request.parameter("name"), seconds(request), request.access())
                        .thenApply(made -> Api.fresh(Response.json(MadeShare.of(made)))));
        change(
                routes,
                "DELETE",
                SHARES + "/{id}",
                described("unshare", "takes a share link back")
                        .answers(204, GONE)
                        .refuses(404, "There is no such link."),
                request -> accounts.unshare(request.parameter("name"), request.parameter("id"))
                        .thenApply(gone -> Response.empty(204)));
        routes.needs(SHARES, Need.control("name")).needs(SHARES + "/{id}", Need.control("name"));
    }

    /** What is made waits for the disk, on another thread. */
    private static void change(Routes routes, String method, String path, Operation operation, LaterHandler handler) {
        routes.later(method, path, request -> {
            LocalOnly.check(request);
            try {
                return handler.handle(request).exceptionally(AccountsApi::refused);
            } catch (IllegalArgumentException e) {
                throw new ProblemException(Problem.of(422, String.valueOf(e.getMessage())));
            }
        });
        routes.describe(method, path, operation);
    }

    private static Response refused(Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (why instanceof RefusedException refused) {
            return Response.problem(Problem.of(refused));
        }
        throw new CompletionException(why);
    }

    private Response endLogin(Request request) {
        LocalOnly.check(request);
        if (!accounts.endLogin(request.parameter("id"), request.access())) {
            throw new ProblemException(Problem.of(404, "there is no such login"));
        }
        return Response.empty(204);
    }

    private static Operation described(String id, String summary) {
        return Operation.of(TAG, id, summary);
    }

    private static Content object(Map<String, Object> properties) {
        return Content.json(Map.of(
                "type",
                "object",
                "required",
                properties.keySet().stream().sorted().toList(),
                "properties",
                properties));
    }

    private static List<String> texts(Map<String, Object> body, String member) {
        if (body.get(member) instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
            return items.stream().map(String.class::cast).toList();
        }
        throw new ProblemException(Problem.of(422, "the body has no '" + member + "', a list of texts"));
    }

    private static Duration seconds(Request request) {
        if (ConfigurationApi.body(request).get("seconds") instanceof Integer seconds) {
            return Duration.ofSeconds(seconds);
        }
        throw new ProblemException(Problem.of(422, "the body is {\"seconds\": 3600}: how long the link holds"));
    }

    /**
     * A token that was made.
     *
     * @param token itself
     */
    @JsonTypeName("MadeToken")
    record MadeToken(String name, List<String> may, String token) {}

    /**
     * A share link that was made.
     *
     * @param path the link, relative to the server; what follows the # is never sent in a request's address
     */
    @JsonTypeName("MadeShare")
    record MadeShare(String id, String stream, Instant expires, String path) {
        static MadeShare of(Accounts.Made<ShareInfo> made) {
            return new MadeShare(
                    made.info().id(), made.info().stream(), made.info().expires(), "/share#" + made.secret());
        }
    }
}
