package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor {@code pixelate-faces}: makes faces unrecognisable. It covers the faces that an earlier step has found in the
 * same frame. If no step has found any, it searches itself and adds its detections.
 */
public final class PixelateFaces extends BuiltIn<PixelateFaces.Parameters> {

    /**
     * The parameters of {@code pixelate-faces}.
     *
     * @param model which finder
     * @param minScore BlazeFace's minimum score
     * @param minSize pixels
     * @param blocks across a covered place
     * @param margin as a fraction of the face
     * @param hold how long a place stays covered
     */
    public record Parameters(
            @Parameter(value = "Which finder, as for faces.", byDefault = "blazeface")
            FaceModel model,

            @Parameter(value = "How sure BlazeFace must be.", byDefault = "0.5", min = 0.05, max = 0.99)
            double minScore,

            @Parameter(
                    value = "Smallest face, in pixels of its width.",
                    byDefault = "30",
                    min = 1,
                    max = 4096,
                    unit = "px")
            int minSize,

            @Parameter(value = "How many blocks lie across a covered place.", byDefault = "8", min = 1, max = 64)
            int blocks,

            @Parameter(
                    value = "How far beyond the face's box is covered on each side, as a fraction of the box.",
                    byDefault = "0.3",
                    min = 0,
                    max = 2)
            double margin,

            @Parameter(
                    value = "How long a place stays covered after its face was last seen there.",
                    byDefault = "500ms")
            Duration hold) {

        /** Refuses to hold a place for a negative time. */
        public Parameters {
            if (hold.isNegative()) {
                throw new IllegalArgumentException("pixelate-faces: hold must not be negative");
            }
        }

        private FaceSearch search() {
            return new FaceSearch(model, minScore, minSize);
        }
    }

    /** The factory, for ServiceLoader. */
    public PixelateFaces() {
        super("pixelate-faces", "Makes faces unrecognisable.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return new Cover(parameters);
    }

    /** The place of a face, and when it was there. */
    private record Seen(Box box, long captureNanos) {}

    private static final class Cover implements AnyLayout {
        private final Parameters parameters;
        private final FaceFinder finder;
        private final Mosaic mosaic;
        private final List<Seen> seen = new ArrayList<>();

        Cover(Parameters parameters) {
            this.parameters = parameters;
            mosaic = new Mosaic(parameters.blocks());
            finder = FaceFinder.of(parameters.search());
        }

        @Override
        public void process(Frame frame) {
            long now = frame.captureNanos();
            List<Box> faces = faces(frame).stream().map(Detection::box).toList();
            // A finder loses a face for a frame now and then: it must not flash up.
            seen.removeIf(old -> now - old.captureNanos() > parameters.hold().toNanos()
                    || faces.stream().anyMatch(face -> face.overlap(old.box()) > 0.3));
            faces.forEach(face -> seen.add(new Seen(face, now)));
            seen.forEach(place -> mosaic.draw(frame.mat(), grown(place.box())));
        }

        /** A face must not become visible because the search for it failed. */
        @Override
        public boolean required() {
            return true;
        }

        private List<Detection> faces(Frame frame) {
            List<Detection> known = frame.metadata().detections().stream()
                    .filter(detection -> detection.label().equals(FaceFinder.LABEL))
                    .toList();
            if (!known.isEmpty()) {
                return known;
            }
            List<Detection> found = finder.find(frame.mat());
            found.forEach(frame.metadata()::add);
            return found;
        }

        private Box grown(Box face) {
            double across = face.width() * parameters.margin();
            double down = face.height() * parameters.margin();
            return new Box(face.x() - across, face.y() - down, face.width() + 2 * across, face.height() + 2 * down);
        }

        @Override
        public void close() {
            finder.close();
            mosaic.close();
        }
    }
}
