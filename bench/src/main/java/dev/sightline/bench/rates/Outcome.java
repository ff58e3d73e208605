package dev.sightline.bench.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What an encoder made of a clip, picture by picture. */
final class Outcome {
    private final int bitsPerSecond;
    private final List<Integer> bytes = new ArrayList<>();
    private final List<Integer> keyframes = new ArrayList<>();
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Double> decibels = new ArrayList<>();

    Outcome(int bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** Notes a picture: its bytes, 0 if it was left out. */
    void add(int size, boolean keyframe, double took, double quality) {
        bytes.add(size);
        milliseconds.add(took);
        decibels.add(quality);
        if (keyframe) {
            keyframes.add(size);
        }
    }

    /** The mean rate, in percent of the wanted. */
    double meanPercent() {
        return percent(0, bytes.size());
    }

    /** The highest rate over a second that begins after the first one, in percent of the wanted. */
    double worstSecondPercent() {
        return IntStream.rangeClosed(Scene.FPS, bytes.size() - Scene.FPS)
                .mapToDouble(from -> percent(from, from + Scene.FPS))
                .max()
                .orElse(0);
    }

    /** The rate over the first second, which holds the first keyframe, in percent of the wanted. */
    double firstSecondPercent() {
        return percent(0, Scene.FPS);
    }

    private double percent(int from, int to) {
        double bits = bytes.subList(from, to).stream().mapToInt(each -> each).sum() * 8.0;
        return 100 * bits * Scene.FPS / (to - from) / bitsPerSecond;
    }

    /** Pictures left out. */
    long leftOut() {
        return bytes.stream().filter(each -> each == 0).count();
    }

    /** The most pictures left out one after the other. */
    int longestGap() {
        int longest = 0;
        int gap = 0;
        for (int each : bytes) {
            gap = each == 0 ? gap + 1 : 0;
            longest = Math.max(longest, gap);
        }
        return longest;
    }

    /** How many keyframes there were. */
    int keyframes() {
        return keyframes.size();
    }

    /** The largest keyframe, in seconds of the wanted rate. */
    double largestKeyframeSeconds() {
        return keyframes.stream().mapToInt(each -> each).max().orElse(0) * 8.0 / bitsPerSecond;
    }

    /** The mean likeness of what is seen to what there was to see, in dB (PSNR of the luminance). */
    double meanDecibels() {
        return decibels.stream().mapToDouble(each -> each).average().orElse(0);
    }

    /** Half of the pictures took less time. */
    double medianMilliseconds() {
        return sortedMilliseconds()[milliseconds.size() / 2];
    }

    /** 19 of 20 pictures took less time. */
    double slowMilliseconds() {
        return sortedMilliseconds()[milliseconds.size() * 19 / 20];
    }

    private double[] sortedMilliseconds() {
        return milliseconds.stream().mapToDouble(each -> each).sorted().toArray();
    }
}
