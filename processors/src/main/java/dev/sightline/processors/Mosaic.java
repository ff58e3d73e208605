package dev.sightline.processors;

import dev.sightline.frame.Box;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** Turns a part of a frame into a few large blocks, each the mean of its pixels. */
final class Mosaic implements AutoCloseable {
    private final int blocksAcross;
    private final Mat blocks = new Mat();

    Mosaic(int blocksAcross) {
        this.blocksAcross = blocksAcross;
    }

    /** Covers the part of the box that lies inside the frame. */
    void draw(Mat picture, Box box) {
        PixelRect place = PixelRect.of(box, picture.cols(), picture.rows());
        int columns = Math.min(blocksAcross, place.width());
        int rows = Math.max(1, Math.min(place.height(), Math.round((float) columns * place.height() / place.width())));
        try (Rect rect = place.toRect();
                Mat view = new Mat(picture, rect);
                Size few = new Size(columns, rows);
                Size all = new Size(place.width(), place.height())) {
            opencv_imgproc.resize(view, blocks, few, 0, 0, opencv_imgproc.INTER_AREA);
            opencv_imgproc.resize(blocks, view, all, 0, 0, opencv_imgproc.INTER_NEAREST);
        }
    }

    @Override
    public void close() {
        blocks.close();
    }
}
