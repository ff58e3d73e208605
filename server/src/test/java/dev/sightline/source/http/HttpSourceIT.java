package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.Codec;
import dev.sightline.frame.EncodedFrame;
import dev.sightline.frame.Picture;
import dev.sightline.source.LiveSourceChecks;
import dev.sightline.source.NetworkAddress;
import dev.sightline.source.Source;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceReader;
import dev.sightline.source.ffmpeg.Limits;
import dev.sightline.testkit.HttpMjpegServer;
import org.junit.jupiter.api.Test;

class HttpSourceIT extends LiveSourceChecks<HttpMjpegServer> {

    @Override
    protected HttpMjpegServer startServer() {
        return HttpMjpegServer.start(320, 240, 30);
    }

    @Override
    protected Source source(String address) {
        return new HttpScheme().source(address, SourceOptions.DEFAULTS);
    }

    @Override
    protected Source source(String address, Limits limits) {
        return new WebSource(NetworkAddress.of(address, ""), SourceOptions.DEFAULTS, limits);
    }

    @Test
    void read_multipartJpeg_passesUndecoded() throws Exception {
        try (SourceReader reader = open(server().url())) {
            EncodedFrame frame = (EncodedFrame) reader.read().orElseThrow();
            assertThat(frame.codec()).isEqualTo(Codec.MJPEG);
            assertThat(frame.width() + "x" + frame.height()).isEqualTo("320x240");
        }
    }

    @Test
    void read_partsWithoutLength_areFoundAllTheSame() throws Exception {
        try (SourceReader reader = open(address("/stream?bare"))) {
            checkOrder(reader);
        }
    }

    @Test
    void read_sizeChangesMidStream_goesOn() throws Exception {
        try (SourceReader reader = open(server().url())) {
            number(reader.read().orElseThrow());
            server().resize(640, 480);
            Picture picture = reader.read().orElseThrow();
            while (picture.width() != 640) {
                picture = reader.read().orElseThrow();
            }
            assertThat(picture.height()).isEqualTo(480);
            assertThat(number(picture)).isPositive();
        }
    }

    @Test
    void read_singlePicture_isFetchedAgainAndAgain() throws Exception {
        try (SourceReader reader = open(address("/picture.jpg"))) {
            long first = number(reader.read().orElseThrow());
            long second = number(reader.read().orElseThrow());
            assertThat(second).isGreaterThan(first);
        }
    }

    @Test
    void open_redirectToALocalFile_isNotFollowed() {
        assertFails(address("/redirect-to-file"), "127.0.0.1");
    }

    @Test
    void open_brokenServer_saysSo() {
        assertFails(address("/broken"), "the server has failed");
    }
}
