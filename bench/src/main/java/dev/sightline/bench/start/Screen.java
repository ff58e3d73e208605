package dev.sightline.bench.start;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Chromium that is running already, with an empty tab. Used by one thread. */
final class Screen implements AutoCloseable {
    private static final int LONGEST_MILLIS = 60_000;

    /** Notes when what the player shows, read back, first shows something other than one colour. */
    private static final String WATCH = """
            window.painted = new Promise((done) => {
              const small = new OffscreenCanvas(64, 48).getContext('2d', { willReadFrequently: true });
              const look = () => {
                const player = document.querySelector('sightline-player');
                if (player?.seq > 0) {
                  small.drawImage(player.surface, 0, 0, 64, 48);
                  const pixels = new Uint32Array(small.getImageData(0, 0, 64, 48).data.buffer);
                  if (pixels.some(pixel => pixel !== pixels[0])) {
                    done(performance.timeOrigin + performance.now());
                    return;
                  }
                }
                requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            });
            """;

    private final Playwright playwright;
    private final Browser chromium;

    private Screen(Playwright playwright, Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /** Starts the Chromium that CHROMIUM names, else Debian's. */
    static Screen open() {
        Playwright playwright = Playwright.create();
        try {
            String program = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
            LaunchOptions options = new LaunchOptions()
                    .setExecutablePath(Path.of(program))
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
            return new Screen(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A new tab with nothing in it yet. */
    Page tab() {
        Page page = chromium.newPage();
        page.addInitScript(WATCH);
        page.setDefaultTimeout(LONGEST_MILLIS);
        return page;
    }

    /** Opens an address and waits for a picture; the time it was painted, in milliseconds since the Unix epoch. */
    static double paintedAt(Page tab, String address) {
        tab.navigate(address);
        return ((Number) tab.evaluate("window.painted")).doubleValue();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
