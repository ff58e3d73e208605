package dev.sightline.testkit;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The screen of a page as the browser's compositor puts it together, which is what a user sees: each change of it, but for those
 * that come before the one before has been taken. Used by the browser's thread.
 */
public final class Screencast implements AutoCloseable {
    private static final double LOOK_MILLIS = 100;

    private final Page page;
    private final CDPSession session;
    private List<byte[]> taken = new ArrayList<>();
    private boolean closed;

    /** Begins at once. */
    public Screencast(Page page) {
        this.page = page;
        session = page.context().newCDPSession(page);
        session.on("Page.screencastFrame", this::take);
        JsonObject wish = new JsonObject();
        wish.addProperty("format", "png");
        session.send("Page.startScreencast", wish);
    }

    /** The next screens, each a PNG; waits for at least one change of the screen, or 100 ms. */
    public List<byte[]> next() {
        page.waitForTimeout(LOOK_MILLIS);
        List<byte[]> screens = taken;
        taken = new ArrayList<>();
        return screens;
    }

    @Override
    public void close() {
        closed = true;
        session.send("Page.stopScreencast");
        session.detach();
    }

    private void take(JsonObject frame) {
        if (closed) {
            return;
        }
        taken.add(Base64.getDecoder().decode(frame.get("data").getAsString()));
        JsonObject answer = new JsonObject();
        answer.add("sessionId", frame.get("sessionId"));
        session.send("Page.screencastFrameAck", answer);
    }
}
