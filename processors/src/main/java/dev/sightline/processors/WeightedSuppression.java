package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Merges the many boxes that a detector finds for one thing into their mean, weighted by score: steadier from frame to frame
 * than the best one alone (BlazeFace paper, section 3, "Post-processing").
 */
final class WeightedSuppression {
    /** Boxes that overlap the best one by this much (IoU) show the same thing. */
    private static final double SAME = 0.3;

    private WeightedSuppression() {}

    /** One detection for each thing, with the score of its best box; the most certain first. */
    static List<Detection> merge(List<Detection> candidates) {
        List<Detection> left = new ArrayList<>(candidates);
        left.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> merged = new ArrayList<>();
        while (!left.isEmpty()) {
            Detection best = left.get(0);
            List<Detection> same = left.stream()
                    .filter(other -> other.equals(best) || other.box().overlap(best.box()) >= SAME)
                    .toList();
            left.removeAll(same);
            merged.add(best.at(mean(same)));
        }
        return merged;
    }

    private static Box mean(List<Detection> same) {
        return new Box(mean(same, Box::x), mean(same, Box::y), mean(same, Box::width), mean(same, Box::height));
    }

    private static double mean(List<Detection> same, ToDoubleFunction<Box> part) {
        double weighted = same.stream()
                .mapToDouble(detection -> detection.score() * part.applyAsDouble(detection.box()))
                .sum();
        return weighted / same.stream().mapToDouble(Detection::score).sum();
    }
}
