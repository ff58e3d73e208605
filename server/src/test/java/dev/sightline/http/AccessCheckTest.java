package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.access.Access;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessCheckTest {
    private final AccessCheck check = new AccessCheck(AccessPolicy.OPEN);
    private final BasePath base = BasePath.of("/cams/").orElseThrow();

    /** Relative to where the browser is, and then to the first page: with the base path it would come twice. */
    @ParameterizedTest
    @CsvSource({
        "/live/cam, ../login?to=live%2Fcam",
        "/cams/live/cam, ../login?to=live%2Fcam",
        "/cams/live/cam?width=320&x=a%20b, ../login?to=live%2Fcam%3Fwidth%3D320%26x%3Da%2520b",
        "/cams/, login?to=",
        "/live/a%2Fb, ../login?to=live%2Fa%252Fb",
        "http://cam.example/publish, login?to=publish"
    })
    void check_browserWithoutALogin_isSentToTheLoginPageAndBack(String uri, String location) {
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        head.headers().set("Accept", "text/html");
        Target target = base.without(Target.of(uri));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> check.check(head, target, Need.login(), Map.of(), Access.nobody()));

        assertThat(refused.response().headers().first("Location")).contains(location);
    }
}
