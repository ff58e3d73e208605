import dev.sightline.ServerOptions;
import dev.sightline.Sightline;
import dev.sightline.SightlineServer;
import dev.sightline.frame.Box;
import dev.sightline.frame.Detection;
import dev.sightline.frame.Frame;
import dev.sightline.processor.InteractiveProcessor;
import dev.sightline.processor.ViewerInput;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Follows the thing that you click on, with a box around it. The click comes with the picture it was made on, so the right thing
 * is cut out of it, however far it has moved since.
 *
 * <pre>
 * ./sightline run examples/ClickToFollow.java              your camera
 * ./sightline run examples/ClickToFollow.java clip.mp4     a file, or any other source
 * </pre>
 */
@Command(name = "ClickToFollow", mixinStandardHelpOptions = true)
public final class ClickToFollow implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "SOURCE", description = "camera:0, rtsp://…, a file, or any other source.")
    private String source = "camera:0";

    @Mixin
    private ServerOptions options = new ServerOptions();

    public static void main(String[] args) {
        System.exit(Sightline.run(new ClickToFollow(), args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try (SightlineServer server = options
                .applyTo(Sightline.server().port(5000))
                .refuseAbsent()
                .page("/", "pages/ClickToFollow.html")
                .files("/static", "pages")
                .stream("camera", stream -> stream.source(source).process("follow", Follower::new))
                .start()) {
            server.greeting("The picture to click on").forEach(System.out::println);
            server.awaitClose();
        }
        return 0;
    }

    /** Finds the thing again by template matching, near the place where it was last. */
    private static final class Follower implements InteractiveProcessor {
        /** The size of the box, as a fraction of the picture's height. */
        private static final double SIZE = 0.15;

        /** From 0 to 1: where nothing is as similar as this, the thing is lost. */
        private static final double SIMILAR = 0.6;

        private Mat thing = new Mat();
        private Rect place = new Rect();
        private int number;

        @Override
        public Set<String> inputs() {
            return Set.of("click");
        }

        @Override
        public void input(ViewerInput click, Optional<Frame> shown) {
            shown.ifPresent(frame -> {
                int size = (int) (SIZE * frame.height());
                int left = (int) (click.x() * frame.width()) - size / 2;
                int top = (int) (click.y() * frame.height()) - size / 2;
                place = inside(frame, left, top, left + size, top + size);
                thing.close();
                thing = frame.mat().apply(place).clone();
                number++;
            });
        }

        @Override
        public void process(Frame frame) {
            if (thing.empty()) {
                return;
            }
            int width = thing.cols();
            int height = thing.rows();
            Rect near =
                    inside(frame, place.x() - width, place.y() - height, place.x() + 2 * width, place.y() + 2 * height);
            if (near.width() < width || near.height() < height) {
                return; // the source has another size now
            }
            try (Mat part = frame.mat().apply(near);
                    Mat similarity = new Mat();
                    DoublePointer best = new DoublePointer(1);
                    Point where = new Point()) {
                opencv_imgproc.matchTemplate(part, thing, similarity, opencv_imgproc.TM_CCOEFF_NORMED);
                opencv_core.minMaxLoc(similarity, null, best, null, where, null);
                if (best.get() >= SIMILAR) {
                    place = new Rect(near.x() + where.x(), near.y() + where.y(), width, height);
                    tell(frame, Math.min(1, best.get()));
                }
            }
        }

        private void tell(Frame frame, double score) {
            double width = frame.width();
            double height = frame.height();
            Box box = new Box(place.x() / width, place.y() / height, place.width() / width, place.height() / height);
            frame.metadata().add(new Detection("thing", score, box, Optional.of("thing-" + number)));
            opencv_imgproc.rectangle(frame.mat(), place, new Scalar(0, 255, 0, 0), 2, opencv_imgproc.LINE_8, 0);
        }

        private static Rect inside(Frame frame, int left, int top, int right, int bottom) {
            int x = Math.max(0, left);
            int y = Math.max(0, top);
            return new Rect(x, y, Math.min(frame.width(), right) - x, Math.min(frame.height(), bottom) - y);
        }

        @Override
        public void close() {
            thing.close();
        }
    }
}
