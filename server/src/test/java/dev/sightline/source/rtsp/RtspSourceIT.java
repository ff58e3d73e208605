package dev.sightline.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.source.LiveSourceChecks;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Numbering;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.testkit.RtspServer;
import org.junit.jupiter.api.Test;

class RtspSourceIT extends LiveSourceChecks<RtspServer> {

    @Override
    protected RtspServer startServer() {
        return RtspServer.start(320, 240, 30);
    }

    @Override
    protected Source source(String address) {
        return new RtspScheme().source(address, SourceOptions.DEFAULTS);
    }

    @Override
    protected Source source(String address, Limits limits) {
        return new RtspSource(NetworkAddress.of(address, ""), SourceOptions.DEFAULTS, limits);
    }

    @Test
    void read_overUdp_givesPicturesInOrder() throws Exception {
        Source source =
                new RtspScheme().source(server().url(), new SourceOptions(true, RtspTransport.UDP, Deinterlace.AUTO));
        try (SourceReader reader = source.open(new Numbering(CaptureClock.system()))) {
            long last = 0;
            for (int i = 0; i < 40; i++) {
                long number = number(reader.read().orElseThrow());
                assertThat(number).isGreaterThan(last);
                last = number;
            }
        }
    }
}
