package dev.sightline.processors;

import dev.sightline.frame.Box;
import dev.sightline.frame.FramePoint;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * A rectangle of whole pixels inside its frame, with at least one pixel.
 *
 * @param x left column
 * @param y top row
 * @param width columns
 * @param height rows
 */
record PixelRect(int x, int y, int width, int height) {

    /** The pixels nearest to a box in fractions of a frame of the given size. */
    static PixelRect of(Box box, int pictureWidth, int pictureHeight) {
        int left = within(box.x() * pictureWidth, pictureWidth - 1);
        int top = within(box.y() * pictureHeight, pictureHeight - 1);
        int right = Math.max(left + 1, within((box.x() + box.width()) * pictureWidth, pictureWidth));
        int bottom = Math.max(top + 1, within((box.y() + box.height()) * pictureHeight, pictureHeight));
        return new PixelRect(left, top, right - left, bottom - top);
    }

    /** The same in fractions of a frame of the given size. */
    Box box(double pictureWidth, double pictureHeight) {
        return new Box(x / pictureWidth, y / pictureHeight, width / pictureWidth, height / pictureHeight);
    }

    /** Converts a box in fractions of this rectangle to fractions of the whole frame. */
    Box outwards(Box box, double pictureWidth, double pictureHeight) {
        return new Box(
                (x + box.x() * width) / pictureWidth,
                (y + box.y() * height) / pictureHeight,
                box.width() * width / pictureWidth,
                box.height() * height / pictureHeight);
    }

    /** Converts a box in fractions of the whole frame to fractions of this rectangle; it may extend beyond that. */
    Box inwards(Box box, double pictureWidth, double pictureHeight) {
        return new Box(
                (box.x() * pictureWidth - x) / width,
                (box.y() * pictureHeight - y) / height,
                box.width() * pictureWidth / width,
                box.height() * pictureHeight / height);
    }

    /** Converts a point in fractions of the whole frame to fractions of this rectangle; it may lie outside. */
    FramePoint inwards(FramePoint point, double pictureWidth, double pictureHeight) {
        return new FramePoint((point.x() * pictureWidth - x) / width, (point.y() * pictureHeight - y) / height);
    }

    /** The rectangle that is smaller by this many pixels on every side; at least one pixel must remain. */
    PixelRect inset(int pixels) {
        return new PixelRect(x + pixels, y + pixels, width - 2 * pixels, height - 2 * pixels);
    }

    /** The largest rectangle inside this one whose edges have even coordinates; this one if there is none. */
    PixelRect even() {
        int left = x + (x & 1);
        int top = y + (y & 1);
        int right = x + width & ~1;
        int bottom = y + height & ~1;
        return right > left && bottom > top ? new PixelRect(left, top, right - left, bottom - top) : this;
    }

    /** The same for OpenCV; the caller closes it. */
    Rect toRect() {
        return new Rect(x, y, width, height);
    }

    private static int within(double position, int last) {
        return (int) Math.max(0, Math.min(last, Math.round(position)));
    }
}
