package dev.sightline.testkit;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;

/** Leads a page's WebRTC through a relay, by changing the server's descriptions on their way to the page. */
public final class RelayedPage {
    private RelayedPage() {}

    /**
     * From now on, what the server answers to the page's POST and PATCH requests: to offers and to ICE restarts.
     *
     * @param addresses of them, as a glob, for example {@code **}{@code /whep}
     */
    public static void lead(Page page, String addresses, UdpRelay relay) {
        page.route(addresses, route -> {
            if (!List.of("POST", "PATCH").contains(route.request().method())) {
                route.resume();
                return;
            }
            APIResponse response = route.fetch();
            String text = response.text();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(response)
                    .setBody(text.contains("a=candidate:") ? relay.lead(text) : text));
        });
    }
}
