package dev.sightline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static final String FRIEND = "https://friend.example";
    private static final String STRANGER = "https://stranger.example";

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void image_ofOwnPage_isServed(Sharing sharing) {
        for (Embedding embedding : Embedding.values()) {
            assertServed(embedding, image("same-origin", "http://camera:8080/live/cam"), sharing);
            assertServed(embedding, image("none", ""), sharing);
            assertServed(embedding, request(), sharing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void image_ofAnotherPage_isServedAsEmbeddingSays(String site) {
        HttpRequest stranger = image(site, STRANGER + "/page");
        HttpRequest friend = image(site, FRIEND + "/");
        HttpRequest shy = image(site, "");

        assertServed(Embedding.ANY, stranger, Sharing.EMBEDDABLE);
        assertServed(Embedding.ANY, shy, Sharing.EMBEDDABLE);
        assertRefused(Embedding.ALLOWED, stranger, Sharing.EMBEDDABLE);
        assertRefused(Embedding.ALLOWED, shy, Sharing.EMBEDDABLE);
        assertServed(Embedding.ALLOWED, friend, Sharing.EMBEDDABLE);
        assertRefused(Embedding.NONE, stranger, Sharing.EMBEDDABLE);
        assertRefused(Embedding.NONE, friend, Sharing.EMBEDDABLE);
    }

    @ParameterizedTest
    @EnumSource(Embedding.class)
    void whatIsNotEmbeddable_isServedToNoOtherPage(Embedding embedding) {
        assertRefused(embedding, image("cross-site", STRANGER + "/"), Sharing.OWN);
        assertRefused(embedding, image("cross-site", ""), Sharing.OWN);
        assertRefused(embedding, with(request(), "Origin", STRANGER), Sharing.OWN);
        assertServed(embedding, with(request(), "Origin", FRIEND), Sharing.OWN);
        assertServed(embedding, image("cross-site", STRANGER + "/"), Sharing.PUBLIC);
        assertServed(embedding, with(request(), "Origin", STRANGER), Sharing.PUBLIC);
    }

    @Test
    void link_ofAnotherPage_isFollowed() {
        HttpRequest link = with(image("cross-site", STRANGER + "/"), "Sec-Fetch-Mode", "navigate");

        assertServed(Embedding.NONE, link, Sharing.OWN);
        assertServed(Embedding.NONE, link, Sharing.EMBEDDABLE);
    }

    @Test
    void whatActs_isRefusedToAnotherPageWhateverIsThere() {
        for (Sharing sharing : Sharing.values()) {
            ProblemException refused = refusal(Embedding.ANY, with(request(), "Origin", STRANGER), sharing, true);
            assertThat(refused.response().status()).isEqualTo(403);
            assertThat(refused).hasMessageContaining(STRANGER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, navigate, https://stranger.example/form, true",
        "same-site, navigate, http://camera:9090/form, true",
        "cross-site, navigate, , true",
        "cross-site, navigate, https://friend.example/form, false",
        "same-origin, navigate, http://camera:8080/form, false",
        "none, navigate, , false",
        ", , https://stranger.example/form, true",
        ", , http://camera:8080/form, false",
        ", , , false",
    })
    void whatActs_withoutAnOrigin_isJudgedByWhatTheBrowserTellsOtherwise(
            String site, String mode, String page, boolean refused) {
        HttpRequest form = request();
        for (String[] field : new String[][] {{"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}, {"Referer", page}}) {
            if (field[1] != null) {
                with(form, field[0], field[1]);
            }
        }

        assertThat(refusal(Embedding.ANY, form, Sharing.EMBEDDABLE, true) != null)
                .isEqualTo(refused);
    }

    @Test
    void host_ofNoNameOfOurs_is421AndSaysWhatToDo() {
        HttpRequest rebound = with(request(), "Host", "evil.example:8080");

        ProblemException refused = refusal(Embedding.ANY, rebound, Sharing.PUBLIC, false);

        assertThat(refused.response().status()).isEqualTo(421);
        assertThat(refused).hasMessageContaining("'evil.example'").hasMessageContaining("allowed-hosts");
    }

    @ParameterizedTest
    @CsvSource({
        "OWN, ANY, same-origin, frame-ancestors 'self' https://friend.example",
        "EMBEDDABLE, ANY, cross-origin, frame-ancestors 'self' https://friend.example",
        "EMBEDDABLE, ALLOWED, cross-origin, frame-ancestors 'self' https://friend.example",
        "EMBEDDABLE, NONE, same-origin, frame-ancestors 'self'",
        "PUBLIC, NONE, cross-origin,",
    })
    void answer_tellsTheBrowserWhoMayShowIt(Sharing sharing, Embedding embedding, String resource, String frames) {
        HttpHeaders answer = new DefaultHttpHeaders();

        cors(embedding).permit(request(), sharing, answer);

        assertThat(answer.get("Cross-Origin-Resource-Policy")).isEqualTo(resource);
        assertThat(answer.get("Content-Security-Policy")).isEqualTo(frames);
    }

    private static void assertServed(Embedding embedding, HttpRequest request, Sharing sharing) {
        assertThatCode(() -> cors(embedding).check(request, sharing, false, true))
                .doesNotThrowAnyException();
    }

    private static void assertRefused(Embedding embedding, HttpRequest request, Sharing sharing) {
        ProblemException refused = refusal(embedding, request, sharing, false);
        assertThat(refused.response().status()).isEqualTo(403);
    }

    private static ProblemException refusal(Embedding embedding, HttpRequest request, Sharing sharing, boolean acts) {
        return catchThrowableOfType(
                ProblemException.class, () -> cors(embedding).check(request, sharing, acts, true));
    }

    private static HttpRequest request() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        return with(request, "Host", "camera:8080");
    }

    private static HttpRequest image(String site, String referrer) {
        HttpRequest image = with(with(request(), "Sec-Fetch-Site", site), "Sec-Fetch-Mode", "no-cors");
        return referrer.isEmpty() ? image : with(image, "Referer", referrer);
    }

    private static HttpRequest with(HttpRequest request, String name, String value) {
        request.headers().set(name, value);
        return request;
    }

    private static Cors cors(Embedding embedding) {
        return new Cors(
                new OriginPolicy() {
                    @Override
                    public boolean allows(String origin, String host) {
                        return origin.equals(FRIEND) || origin.equals("http://" + host);
                    }

                    @Override
                    public boolean isNamed(String host, boolean byLoopback) {
                        return host.equals("camera:8080");
                    }

                    @Override
                    public Embedding embedding() {
                        return embedding;
                    }

                    @Override
                    public String frameSources() {
                        return FRIEND;
                    }
                },
                false);
    }
}
