package dev.sightline.testkit;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

/** Leads a page's WebRTC through a relay, by changing the server's descriptions on their way to the page. */
public final class RelayedPage {
    private RelayedPage() {}

    /**
     * From now on, what the server answers to the page's POST requests.
     *
     * @param addresses of them, as a glob, for example {@code **}{@code /whep}
     */
    public static void lead(Page page, String addresses, UdpRelay relay) {
        page.route(addresses, route -> {
            if (!route.request().method().equals("POST")) {
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
