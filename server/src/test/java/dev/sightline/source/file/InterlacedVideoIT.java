package dev.sightline.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.frame.CaptureClock;
import dev.sightline.frame.Frame;
import dev.sightline.frame.Picture;
import dev.sightline.source.Numbering;
import dev.sightline.source.SourceOptions;
import dev.sightline.source.SourceOptions.Deinterlace;
import dev.sightline.source.SourceOptions.RtspTransport;
import dev.sightline.source.SourceReader;
import dev.sightline.testkit.FfmpegProgram;
import dev.sightline.testkit.ProcessWatch;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos of a bar that moves 12 pixels from field to field: woven into each other, its two fields are a comb. */
class InterlacedVideoIT {
    private static final int PICTURES = 10;
    private static final int STEP = 12;

    /** How much more neighbouring lines differ than those of one field: one where there is no comb. */
    private static final double COMB = 3;

    @TempDir
    private Path folder;

    /** What was read of a video. */
    private record Played(List<String> sizes, List<Double> combs, List<Long> intervals) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mpeg2.ts  | 320x240 | tff | -c:v mpeg2video -flags +ildct+ilme -b:v 4M",
                "mpeg2.mpg | 320x240 | bff | -c:v mpeg2video -pix_fmt yuv422p -flags +ildct+ilme -b:v 4M",
                "mpeg4.avi | 320x240 | tff | -c:v mpeg4 -flags +ildct+ilme -b:v 4M",
                "dv.avi    | 720x576 | bff | -c:v dvvideo -pix_fmt yuv420p",
                "ffv1.mkv  | 320x240 | bff | -c:v ffv1 -pix_fmt yuv420p",
                "ten.mkv   | 320x240 | tff | -c:v ffv1 -pix_fmt yuv422p10le",
                "odd.mkv   | 321x243 | tff | -c:v ffv1 -pix_fmt yuv420p",
                "rgb.mkv   | 320x240 | tff | -c:v ffv1 -pix_fmt bgr0",
                "card.mov  | 320x240 | tff | -c:v rawvideo -pix_fmt yuyv422 -field_order tt"
            })
    void read_interlaced_hasEveryPictureWithoutAComb(String name, String size, String order, String options)
            throws Exception {
        Path file = interlaced(name, size, order, options);
        Played played = play(file, Deinterlace.AUTO);
        assertThat(played.sizes).hasSize(PICTURES).containsOnly(size);
        // The first and last picture have a neighbour on one side only.
        assertThat(played.combs.subList(1, PICTURES - 1)).allMatch(comb -> comb < COMB);
        assertThat(played.intervals).filteredOn(each -> each == 40).hasSizeGreaterThan(PICTURES / 2);
    }

    @Test
    void read_interlacedH264_hasEveryPictureWithoutAComb() throws Exception {
        Path file = folder.resolve("mbaff.mp4");
        try (InputStream sample = getClass().getResourceAsStream("interlaced-h264.mp4")) {
            Files.copy(sample, file);
        }
        Played played = play(file, Deinterlace.AUTO);
        assertThat(played.sizes).hasSize(PICTURES).containsOnly("128x96");
        assertThat(played.combs.subList(1, PICTURES - 1)).allMatch(comb -> comb < COMB);
        assertThat(play(file, Deinterlace.OFF).combs).allMatch(comb -> comb > COMB);
    }

    @Test
    void read_deinterlacingOff_showsBothFieldsAsTheyAre() throws Exception {
        Path file = interlaced("off.mkv", "320x240", "tff", "-c:v ffv1 -pix_fmt yuv420p");
        Played played = play(file, Deinterlace.OFF);
        assertThat(played.sizes).hasSize(PICTURES);
        assertThat(played.combs).allMatch(comb -> comb > COMB);
    }

    @Test
    void read_notFlaggedInterlaced_isLeftAsItIs() throws Exception {
        Path file = interlaced("flat.mkv", "320x240", "prog", "-c:v ffv1 -pix_fmt yuv420p");
        assertThat(play(file, Deinterlace.AUTO).combs).allMatch(comb -> comb > COMB);
    }

    @Test
    void read_flagsAndSizesThatChangeMidway_deinterlacesThoseAlone() throws Exception {
        Path both = folder.resolve("both.m2v");
        String options = "-c:v mpeg2video -g 1 -b:v 4M";
        try (OutputStream out = Files.newOutputStream(both)) {
            for (String part : List.of("320x240 prog", "320x240 tff", "640x360 tff", "640x360 prog", "320x240 prog")) {
                String[] is = part.split(" ");
                String flags = is[1].equals("prog") ? "" : " -flags +ildct+ilme";
                Files.copy(interlaced(part + ".m2v", is[0], is[1], options + flags), out);
            }
        }
        Played played = play(both, Deinterlace.AUTO);
        // FFmpeg's decoder drops the picture before a change of size or kind.
        int all = played.sizes.size();
        int large = played.sizes.indexOf("640x360");
        assertThat(all).isGreaterThanOrEqualTo(5 * PICTURES - 4);
        assertThat(large).isGreaterThanOrEqualTo(2 * PICTURES - 2);
        assertThat(played.combs.subList(0, PICTURES - 1)).allMatch(comb -> comb > COMB);
        assertThat(played.combs.subList(PICTURES + 1, large - 1)).allMatch(comb -> comb < COMB);
        assertThat(played.combs.subList(large + 1, large + PICTURES - 2)).allMatch(comb -> comb < COMB);
        assertThat(played.combs.subList(large + PICTURES, all)).allMatch(comb -> comb > COMB);
    }

    @Test
    void read_looped_goesOnWithoutGapAndLeavesNoMemoryBehind() throws Exception {
        Path file = interlaced("loop.mkv", "640x480", "tff", "-c:v ffv1 -pix_fmt yuv420p -r 240");
        for (int i = 0; i < 3; i++) {
            read(file, OptionalInt.of(3 * PICTURES), Deinterlace.AUTO);
        }
        long before = ProcessWatch.nativeBytes();
        for (int i = 0; i < 20; i++) {
            Played played = read(file, OptionalInt.of(3 * PICTURES), Deinterlace.AUTO);
            assertThat(played.intervals)
                    .filteredOn(each -> each == 4 || each == 5)
                    .hasSizeGreaterThan(PICTURES);
        }
        // Each round's filter holds three pictures of half a megabyte.
        assertThat(ProcessWatch.nativeBytes() - before).isLessThan(20_000_000);
    }

    private Played play(Path file, Deinterlace deinterlace) throws Exception {
        return read(file, OptionalInt.empty(), deinterlace);
    }

    /** Plays to the end, or so many pictures of a loop. */
    private static Played read(Path file, OptionalInt most, Deinterlace deinterlace) throws Exception {
        Played played = new Played(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        SourceOptions options = new SourceOptions(most.isPresent(), RtspTransport.TCP, deinterlace);
        long last = 0;
        try (SourceReader reader =
                new FileScheme().source(file.toString(), options).open(new Numbering(CaptureClock.system()))) {
            Optional<Picture> next = reader.read();
            while (next.isPresent() && played.sizes.size() < most.orElse(Integer.MAX_VALUE)) {
                try (Frame frame = (Frame) next.get()) {
                    played.sizes.add(frame.width() + "x" + frame.height());
                    played.combs.add(comb(frame));
                    if (last > 0) {
                        played.intervals.add(Math.round((frame.captureNanos() - last) / 1e6));
                    }
                    last = frame.captureNanos();
                }
                next = reader.read();
            }
            next.ifPresent(picture -> ((Frame) picture).close());
        }
        return played;
    }

    /** The bar's edges are upright: only a comb makes a line differ from the next but not from the one after that. */
    private static double comb(Frame frame) {
        double noise = frame.width() * frame.height(); // does not count
        try (Mat green = new Mat()) {
            opencv_core.extractChannel(frame.mat(), green, 1);
            return (noise + difference(green, 1)) / (noise + difference(green, 2));
        }
    }

    /** How much lines differ from those so far below them; those at the rims are left out. */
    private static double difference(Mat green, int below) {
        try (Mat lines = green.rowRange(8, green.rows() - 10);
                Mat others = green.rowRange(8 + below, green.rows() - 10 + below)) {
            return opencv_core.norm(lines, others, opencv_core.NORM_L1, opencv_core.noArray());
        }
    }

    /** A video whose upper lines are one field, its lower ones another, told to FFmpeg in the given order. */
    private Path interlaced(String name, String size, String order, String options) throws Exception {
        String[] sides = size.split("x");
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        byte[] pixels = new byte[width * height * PICTURES];
        for (int line = 0; line < height * PICTURES; line++) {
            boolean upper = line % height % 2 == 0;
            int field = 2 * (line / height) + (upper == order.equals("bff") ? 1 : 0);
            for (int x = 0; x < width; x++) {
                boolean bar = x >= field * STEP && x < field * STEP + 60;
                pixels[line * width + x] = (byte) (bar ? 200 : 40);
            }
        }
        Path raw = Files.write(folder.resolve("fields.gray"), pixels);
        return FfmpegProgram.make(
                folder.resolve(name.strip()),
                "-f rawvideo -pixel_format gray -video_size " + size + " -framerate 25 -i " + raw + " -vf setfield="
                        + order + " " + options.strip());
    }
}
