package dev.sightline.source.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.picture.PictureKind;
import dev.sightline.source.ffmpeg.PictureShare;
import dev.sightline.source.http.PictureParser.PartPicture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureParserTest {
    private static final String TYPE = "multipart/x-mixed-replace; boundary=frame";
    private static final byte[] ONE = jpeg(1);
    private static final byte[] TWO = jpeg(2);
    private static final byte[] THREE = jpeg(3);
    private static final byte[] CUT = Arrays.copyOf(TWO, TWO.length - 9);
    private static final List<byte[]> ALL = List.of(ONE, TWO, THREE);

    /** Content type and body; each has the three pictures. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                body(
                        "as it should be",
                        TYPE,
                        "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n",
                        "\r\n"),
                body("bare line feeds", TYPE, "--frame\nContent-Type: image/jpeg\n\n", "\n"),
                body("carriage returns alone", TYPE, "--frame\rContent-Type: image/jpeg\r\r", "\r"),
                body("nothing before a delimiter", TYPE, "--frame\r\nContent-Type: image/jpeg\r\n\r\n", ""),
                body("no headers", TYPE, "--frame\r\n\r\n", "\r\n"),
                body("no empty line either", TYPE, "--frame\r\n", "\r\n"),
                body("nothing but the delimiter", TYPE, "--frame", ""),
                body("wrong lengths", TYPE, "--frame\r\nContent-Length: 17\r\n\r\n", "\r\n"),
                body(
                        "lines that are no headers",
                        TYPE,
                        "--frame\r\n\u00ff\u00fe: x\r\nno header\r\n: \r\n\r\n",
                        "\r\n"),
                body("doubled delimiter", TYPE, "--frame\r\n--frame\r\n\r\n", "\r\n"),
                body("a header on the delimiter's line", TYPE, "--frameContent-type: image/jpeg\r\n\r\n", "\r\n"),
                body("padding after the picture", TYPE, "--frame\r\n\r\n", "\0".repeat(40) + "\r\n"),
                body("spaces after the delimiter", TYPE, "--frame \t\r\n\r\n", "\r\n"),
                body("several empty lines", TYPE, "--frame\r\n\r\n\r\n\r\n", "\r\n\r\n"),
                body("declared with dashes, sent with as many", t("--frame"), "--frame\r\n\r\n", "\r\n"),
                body("declared with dashes, sent with more", t("--frame"), "----frame\r\n\r\n", "\r\n"),
                body("declared in quotes", t("\"a b; c\""), "--a b; c\r\n\r\n", "\r\n"),
                body("declared with a space", t(" frame ; x=y"), "--frame\r\n\r\n", "\r\n"),
                body("declared otherwise", t("other"), "--frame\r\n\r\n", "\r\n"),
                body("not declared", "multipart/x-mixed-replace", "--frame\r\n\r\n", "\r\n"),
                body("declared empty", t(""), "--frame\r\n\r\n", "\r\n"),
                body("of dashes alone", t("--"), "--\r\n\r\n", "\r\n"),
                body("of one letter", t("x"), "--x\r\n\r\n", "\r\n"),
                Arguments.of(
                        "preamble",
                        TYPE,
                        join("A message - in MIME.\r\n-- or not\r\n", body("--frame\r\n\r\n", "\r\n"))),
                Arguments.of(
                        "no first delimiter",
                        TYPE,
                        join(
                                "Content-Type: image/jpeg\r\n\r\n",
                                ONE,
                                "\r\n--frame\r\n\r\n",
                                TWO,
                                "--frame\r\n\r\n",
                                THREE)),
                Arguments.of(
                        "no first delimiter, none declared",
                        "multipart/mixed",
                        join(ONE, "\r\n--frame\r\n\r\n", TWO, "\r\n--frame\r\n\r\n", THREE)),
                Arguments.of(
                        "a part that is no picture",
                        TYPE,
                        join("--frame\r\nContent-Type: text/plain\r\n\r\nbusy\r\n", body("--frame\r\n\r\n", "\r\n"))),
                Arguments.of(
                        "a second picture in a part",
                        TYPE,
                        join(
                                "--frame\r\n\r\n",
                                ONE,
                                THREE,
                                "\r\n--frame\r\n\r\n",
                                TWO,
                                CUT,
                                "\r\n--frame\r\n\r\n",
                                THREE)),
                Arguments.of("closed", TYPE, join(body("--frame\r\n\r\n", "\r\n"), "--frame--\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void next_bodyCutAtEveryByte_givesEachPictureOnce(String name, String type, byte[] body) throws Exception {
        for (int cut = 0; cut < body.length; cut++) {
            PictureParser parser = PictureParser.ofMultipart(new PictureShare(), type);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, body, 0, cut, pictures);
            take(parser, body, cut, body.length, pictures);
            assertThat(pictures).as("cut at %d", cut).containsExactlyElementsOf(ALL);
            assertThat(parser.broken()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void next_bodyByteByByte_givesEachPictureWithItsLastByte(String name, String type, byte[] body) throws Exception {
        PictureParser parser = PictureParser.ofMultipart(new PictureShare(), type);
        List<byte[]> pictures = new ArrayList<>();
        for (int at = 0; at < body.length; at++) {
            int before = pictures.size();
            take(parser, body, at, at + 1, pictures);
            if (pictures.size() > before) {
                byte[] last = pictures.get(before);
                assertThat(Arrays.copyOfRange(body, at + 1 - last.length, at + 1))
                        .isEqualTo(last);
            }
        }
        assertThat(pictures).containsExactlyElementsOf(ALL);
    }

    @Test
    void next_cutPictures_areLeftOutAndCounted() throws Exception {
        byte[] inTables = Arrays.copyOf(TWO, 30);
        byte[] inThumbnail = Arrays.copyOf(TWO, 60);
        byte[] body = join(
                "--frame\r\n\r\n",
                CUT,
                "\r\n--frame\r\n\r\n",
                ONE,
                "\r\n--frame\r\n\r\n",
                inTables,
                "--frame\r\n\r\n",
                inThumbnail,
                "\r\n--frame\r\n\r\n",
                TWO,
                "\r\n--frame\r\n\r\n",
                CUT,
                "\r\n--frame\r\n\r\n",
                THREE);
        for (int cut = 0; cut < body.length; cut++) {
            PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, body, 0, cut, pictures);
            take(parser, body, cut, body.length, pictures);
            assertThat(pictures).as("cut at %d", cut).containsExactlyElementsOf(ALL);
            assertThat(parser.broken()).isEqualTo(4);
        }
    }

    @Test
    void next_cutPicturesWithoutAnyDelimiter_areLeftOutAndCounted() throws Exception {
        PictureParser parser = PictureParser.ofPictures(new PictureShare());
        List<byte[]> pictures = new ArrayList<>();
        take(parser, join(ONE, CUT, TWO, "\r\n", THREE), pictures);
        assertThat(pictures).containsExactlyElementsOf(ALL);
        assertThat(parser.broken()).isEqualTo(1);
    }

    @Test
    void end_withinAPicture_countsIt() throws Exception {
        byte[] body = join("--frame\r\n\r\n", ONE, "\r\n--frame\r\n\r\n", TWO);
        int second = body.length - TWO.length;
        for (int length = 0; length < body.length; length++) {
            PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, body, 0, length, pictures);
            parser.end();
            assertThat(pictures).hasSize(length < 11 + ONE.length ? 0 : 1);
            boolean inFirst = length >= 14 && length < 11 + ONE.length;
            boolean inSecond = length >= second + 3;
            assertThat(parser.broken()).as("of %d bytes", length).isEqualTo(inFirst || inSecond ? 1 : 0);
        }
    }

    @Test
    void next_otherKinds_endWhereTheySay() throws Exception {
        byte[] png = png();
        byte[] webp = webp();
        byte[] bmp = bmp(40, 321, -241);
        byte[] old = bmp(12, 321, 241);
        byte[] gif = gif();
        List<byte[]> all = List.of(png, webp, bmp, old, gif, ONE);
        byte[] body = new byte[0];
        for (byte[] picture : all) {
            body = join(body, "--frame\r\n\r\n", picture, "\r\n");
        }
        for (int cut = 0; cut < body.length; cut++) {
            PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, body, 0, cut, pictures);
            take(parser, body, cut, body.length, pictures);
            assertThat(pictures).as("cut at %d", cut).containsExactlyElementsOf(all);
            assertThat(parser.broken()).isZero();
        }
        assertThat(PictureKind.PNG.size(png)).contains(new PictureKind.Size(70_000, 3));
        assertThat(PictureKind.WEBP.size(webp)).contains(new PictureKind.Size(321, 241));
        assertThat(PictureKind.BMP.size(bmp)).contains(new PictureKind.Size(321, 241));
        assertThat(PictureKind.BMP.size(old)).contains(new PictureKind.Size(321, 241));
        assertThat(PictureKind.GIF.size(gif)).contains(new PictureKind.Size(321, 241));
        assertThat(PictureKind.JPEG.size(ONE)).contains(new PictureKind.Size(320, 240));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GIF88a 89a 89a 89a", "GIF89a\1\0\1\0\0\0\0x;", "BM\0\0\0\0\0\0\0\0", "BM\31\0\0\0\0\0\0\0"})
    void next_whatOnlyBeginsLikeAPicture_isLeftOutAndCounted(String text) throws Exception {
        byte[] body = join("--frame\r\n\r\n", text, "\r\n--frame\r\n\r\n", ONE);
        for (int cut = 0; cut < body.length; cut++) {
            PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, body, 0, cut, pictures);
            take(parser, body, cut, body.length, pictures);
            assertThat(pictures).as("cut at %d", cut).containsExactly(ONE);
            assertThat(parser.broken()).isEqualTo(1);
        }
    }

    /** Its end is found all the same, so that nothing in it is taken for a picture. */
    @Test
    void next_pictureThatTakesTooLongToDecode_isLeftOutAndCounted() throws Exception {
        byte[] scan = join(segment(0xDA, bytes(1, 1, 0, 0, 63, 0)), bytes(1, 2, 3));
        byte[] costly = Arrays.copyOf(ONE, ONE.length - 2);
        for (int i = 0; i < 99; i++) {
            costly = join(costly, scan);
        }
        costly = join(costly, bytes(0xFF, 0xD9));
        byte[] gif = gif();
        int second = 13 + 6 + 8;
        byte[] picture = Arrays.copyOfRange(gif, second, second + (gif.length - 1 - second) / 2);
        byte[] film = Arrays.copyOf(gif, gif.length - 1);
        for (int i = 0; i < 1_000; i++) {
            film = join(film, picture);
        }
        film = join(film, ";");
        for (String delimiter : List.of("--frame\r\n\r\n", "")) {
            PictureParser parser = delimiter.isEmpty()
                    ? PictureParser.ofPictures(new PictureShare())
                    : PictureParser.ofMultipart(new PictureShare(), TYPE);
            List<byte[]> pictures = new ArrayList<>();
            take(parser, join(delimiter, ONE, delimiter, costly), pictures);
            assertThat(parser.excess()).contains("101 scans of 76800 pixels: at most 100 are taken");
            take(parser, join(delimiter, TWO, delimiter, film), pictures);
            assertThat(parser.excess()).contains("1002 frames: at most 1000 are taken");
            take(parser, join(delimiter, THREE), pictures);
            assertThat(pictures).containsExactlyElementsOf(ALL);
            assertThat(parser.broken()).isEqualTo(2);
            assertThat(parser.excess()).isEmpty();
        }
    }

    @Test
    void next_endlessPreamble_isRefused() {
        PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
        assertThatThrownBy(() -> take(parser, new byte[PictureParser.MOST_HEADERS + 1], new ArrayList<>()))
                .isInstanceOf(PictureLimitException.class)
                .hasMessageContaining("64 KiB");
    }

    @Test
    void next_noPartAfterAPicture_endsAtTheLimit() throws Exception {
        PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
        List<byte[]> taken = new ArrayList<>();
        take(parser, join("--frame\r\n\r\n", ONE), taken);
        assertThat(taken).hasSize(1);
        byte[] more = new byte[1 << 20];
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= PictureParser.MOST_BETWEEN >> 20; i++) {
                        take(parser, more, taken);
                    }
                })
                .isInstanceOf(PictureLimitException.class)
                .hasMessageContaining("64 MiB came without a whole picture");
    }

    @Test
    void next_endlessPicture_isRefused() {
        PictureParser parser = PictureParser.ofMultipart(new PictureShare(), TYPE);
        byte[] endless = Arrays.copyOf(Arrays.copyOf(ONE, ONE.length - 2), PictureParser.MOST_BYTES + 1);
        assertThatThrownBy(() -> take(parser, endless, new ArrayList<>()))
                .isInstanceOf(PictureLimitException.class)
                .hasMessageContaining("32 MiB");
    }

    /** As much as 32 MiB is a picture; the room for it is given back to smaller ones. */
    @Test
    void fill_largePicture_takesItsRoomOnlyForAsLongAsItIsNeeded() throws Exception {
        byte[] large = join(
                Arrays.copyOf(ONE, ONE.length - 2), new byte[PictureParser.MOST_BYTES - ONE.length], bytes(0xFF, 0xD9));
        AtomicInteger room = new AtomicInteger();
        PictureParser parser = PictureParser.ofPictures(new PictureShare());
        List<byte[]> pictures = new ArrayList<>();

        take(parser, large, 0, large.length - 100, pictures, room::set);
        take(parser, large, large.length - 100, large.length, pictures, room::set);
        assertThat(pictures).hasSize(1);
        assertThat(room.get()).isBetween(PictureParser.MOST_BYTES, PictureParser.MOST_BYTES + (64 << 10));
        for (byte[] small : ALL) {
            take(parser, small, 0, small.length, pictures, room::set);
        }
        assertThat(pictures).hasSize(4);
        assertThat(room.get()).isLessThan(64 << 10);
    }

    @Test
    void next_whatStandsInScans_isNoEnd() throws Exception {
        byte[] odd = join(
                Arrays.copyOf(ONE, ONE.length - 2), bytes(0xFF, 0xFF, 0xD3, 0x12, 0xFF, 0x5A, 0x34, 0xFF, 0xFF, 0xD9));
        List<byte[]> pictures = new ArrayList<>();
        take(PictureParser.ofPictures(new PictureShare()), odd, pictures);
        assertThat(pictures).containsExactly(odd);
    }

    private static Arguments body(String name, String type, String before, String after) {
        return Arguments.of(name, type, body(before, after));
    }

    private static byte[] body(String before, String after) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] picture : ALL) {
            body.writeBytes(join(before.replace("%d", Integer.toString(picture.length)), picture, after));
        }
        return body.toByteArray();
    }

    private static String t(String boundary) {
        return "multipart/x-mixed-replace;boundary=" + boundary;
    }

    private static void take(PictureParser parser, byte[] body, List<byte[]> into) throws PictureLimitException {
        take(parser, body, 0, body.length, into);
    }

    private static void take(PictureParser parser, byte[] body, int from, int to, List<byte[]> into)
            throws PictureLimitException {
        take(parser, body, from, to, into, room -> {});
    }

    private static void take(
            PictureParser parser, byte[] body, int from, int to, List<byte[]> into, IntConsumer roomAtReading)
            throws PictureLimitException {
        InputStream in = new ByteArrayInputStream(body, from, to - from) {
            @Override
            public int read(byte[] bytes, int at, int length) {
                roomAtReading.accept(bytes.length);
                return super.read(bytes, at, length);
            }
        };
        try {
            do {
                for (Optional<PartPicture> next = parser.next(); next.isPresent(); next = parser.next()) {
                    into.add(next.get().bytes());
                }
            } while (parser.fill(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a thumbnail in APP1, tables, a frame header, and two scans with stuffed zeros and restarts. */
    static byte[] jpeg(int number) {
        byte[] thumbnail = bytes(0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 0x11, 0xFF, 0xD9, 0xFF, 0xD8, 0xFF, 0xD9);
        return join(
                bytes(0xFF, 0xD8),
                segment(0xE1, join("Exif\0\0", thumbnail)),
                bytes(0xFF),
                segment(0xDB, new byte[20]),
                segment(0xC0, bytes(8, 0, 240, 1, 64, 3, 1, 34, 0, 2, 17, 1, 3, 17, 1)),
                segment(0xDA, bytes(1, 1, 0, 0, 63, 0)),
                bytes(number, 0xFF, 0, 0x2D, 0x2D, 0xFF, 0xD0, number, 0x0D, 0x0A, 0x2D),
                segment(0xC4, bytes(0xFF, 0xD9)),
                segment(0xDA, bytes(1, 1, 0, 0, 63, 0)),
                bytes(0xFF, 0, 0xFF, 0xD7, number, number, number, number, number, number, 0xFF, 0xD9));
    }

    private static byte[] segment(int marker, byte[] content) {
        return join(bytes(0xFF, marker, content.length + 2 >> 8, content.length + 2 & 0xFF), content);
    }

    private static byte[] png() {
        return join(
                bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
                chunk("IHDR", ByteBuffer.allocate(13).putInt(70_000).putInt(3).array()),
                chunk("IDAT", bytes(1, 2, 3)),
                chunk("tEXt", "IEND".getBytes(StandardCharsets.US_ASCII)),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String type, byte[] content) {
        return join(ByteBuffer.allocate(4).putInt(content.length).array(), type, content, new byte[4]);
    }

    private static byte[] webp() {
        return ByteBuffer.allocate(38)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(30)
                .put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(10)
                .putInt(0)
                .put(bytes(320 & 0xFF, 1, 0, 240, 0, 0))
                .array();
    }

    /** With a header of 12 bytes, as OS/2 wrote it, or of 40. */
    private static byte[] bmp(int headerBytes, int width, int height) {
        ByteBuffer bmp = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put("BM".getBytes(StandardCharsets.US_ASCII)).putInt(60).putInt(0).putInt(54);
        if (headerBytes == 12) {
            bmp.putInt(12).putShort((short) width).putShort((short) height);
        } else {
            bmp.putInt(headerBytes).putInt(width).putInt(height);
        }
        return bmp.array();
    }

    /** With tables of colours, an extension, and two pictures, whose blocks hold what elsewhere is an end. */
    private static byte[] gif() {
        byte[] picture = join(",", new byte[8], bytes(0x81), new byte[12], bytes(2, 3, ';', '!', ';', 1, ';', 0));
        return join(
                "GIF89a",
                bytes(65, 1, 241, 0, 0x80, 0, 0),
                new byte[6],
                "!\u00f9",
                bytes(4, 0, 1, 0, 0, 0),
                picture,
                picture,
                ";");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] join(Object... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Object part : parts) {
            joined.writeBytes(
                    part instanceof byte[] bytes ? bytes : ((String) part).getBytes(StandardCharsets.ISO_8859_1));
        }
        return joined.toByteArray();
    }
}
