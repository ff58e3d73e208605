package dev.sightline.bench.rates;

import dev.sightline.bench.rates.Trial.Likeness;
import dev.sightline.frame.EncodedFrame;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an encoder made of a clip, picture by picture. */
final class Outcome {
    private final int bitsPerSecond;
    private final List<Integer> bytes = new ArrayList<>();
    private final List<Integer> keyframes = new ArrayList<>();
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<Likeness> likenesses = new ArrayList<>();
    private final Set<Integer> widths = new LinkedHashSet<>();

    Outcome(int bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** Notes a picture: what became of it, empty if it was left out, in how many milliseconds. */
    void add(Optional<EncodedFrame> encoded, double took, Likeness likeness) {
        bytes.add(encoded.map(EncodedFrame::size).orElse(0));
        milliseconds.add(took);
        likenesses.add(likeness);
        encoded.map(EncodedFrame::width).ifPresent(widths::add);
        encoded.filter(EncodedFrame::keyframe).map(EncodedFrame::size).ifPresent(keyframes::add);
    }

    /** The mean rate, in percent of the wanted. */
    double meanPercent() {
        return percent(0, bytes.size());
    }

    /** The highest rate over so many seconds that begin after the first one, in percent of the wanted. */
    double worstPercent(int seconds) {
        int pictures = seconds * Scene.FPS;
        return IntStream.rangeClosed(Scene.FPS, bytes.size() - pictures)
                .mapToDouble(from -> percent(from, from + pictures))
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

    /** The share of the pictures that were not left out, in percent. */
    double encodedPercent() {
        return 100.0 * bytes.stream().filter(each -> each > 0).count() / bytes.size();
    }

    /** The widths that pictures had, in the order they came. */
    String widths() {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(" "));
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
        return likenesses.stream().mapToDouble(Likeness::decibels).average().orElse(0);
    }

    /** The mean likeness as SSIM. */
    double meanSsim() {
        return likenesses.stream()
                .flatMapToDouble(each -> each.given().stream())
                .average()
                .orElse(0);
    }

    /** The same, of what there was to see before the camera. */
    double meanCleanSsim() {
        return likenesses.stream()
                .flatMapToDouble(each -> each.clean().stream())
                .average()
                .orElse(0);
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
