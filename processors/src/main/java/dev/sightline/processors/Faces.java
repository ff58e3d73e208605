package dev.sightline.processors;

import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.frame.PixelFormat;
import dev.sightline.processor.FrameProcessor;
import dev.sightline.processor.Parameter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The processor {@code faces}: finds faces, adds a detection {@code face} for each and draws a box around it. */
public final class Faces extends BuiltIn<Faces.Parameters> {

    /**
     * The parameters of {@code faces}.
     *
     * @param model which finder
     * @param minScore BlazeFace's minimum score
     * @param minSize pixels
     * @param scaleFactor Haar only
     * @param minNeighbors Haar only
     * @param draw whether boxes are drawn
     * @param color of the boxes
     */
    public record Parameters(
            @Parameter(value = "Which finder; see below for what each can do.", byDefault = "blazeface")
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

            @Parameter(
                    value = "Haar: growth from one size looked for to the next; less finds more and takes longer.",
                    byDefault = "1.1",
                    min = 1.01,
                    max = 2)
            double scaleFactor,

            @Parameter(
                    value = "Haar: how many times a face must be found at its place; more makes fewer mistakes.",
                    byDefault = "5",
                    min = 0,
                    max = 50)
            int minNeighbors,

            @Parameter(value = "Whether boxes are drawn; false leaves the picture untouched.", byDefault = "true")
            boolean draw,

            @Parameter(value = "Colour of the boxes: a name or six hexadecimal digits.", byDefault = "green")
            String color) {

        /** Refuses an unknown colour. */
        public Parameters {
            Color.of(color);
        }

        private FaceSearch search() {
            return new FaceSearch(model, minScore, minSize, scaleFactor, minNeighbors);
        }
    }

    /** The factory, for ServiceLoader. */
    public Faces() {
        super("faces", "Finds faces and draws boxes around them.", Parameters.class);
    }

    @Override
    FrameProcessor make(Parameters parameters) {
        return new Finder(parameters);
    }

    private static final class Finder implements FrameProcessor {
        private final boolean draw;
        private final Outline outline;
        private final FaceFinder finder;

        Finder(Parameters parameters) {
            draw = parameters.draw();
            outline = new Outline(Color.of(parameters.color()));
            finder = FaceFinder.of(parameters.search());
        }

        @Override
        public Set<PixelFormat> accepts() {
            return draw ? outline.color().layouts() : EnumSet.allOf(PixelFormat.class);
        }

        @Override
        public boolean changesPicture() {
            return draw;
        }

        @Override
        public void process(Frame frame) {
            List<Detection> faces = finder.find(frame.mat());
            faces.forEach(frame.metadata()::add);
            if (draw) {
                faces.forEach(face -> outline.draw(frame.mat(), face.box()));
            }
        }

        @Override
        public void close() {
            finder.close();
        }
    }
}
