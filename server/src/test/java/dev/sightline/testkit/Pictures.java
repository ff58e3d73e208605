package dev.sightline.testkit;

import dev.sightline.frame.EncodedFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Encodes and decodes pictures for tests, by OpenCV alone. */
public final class Pictures {
    private Pictures() {}

    /** A plain JPEG of the picture. */
    public static byte[] jpeg(Mat picture, int quality) {
        try (BytePointer bytes = new BytePointer();
                IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality)) {
            opencv_imgcodecs.imencode(".jpg", picture, bytes, parameters);
            byte[] copy = new byte[(int) bytes.limit()];
            bytes.get(copy);
            return copy;
        }
    }

    /** The picture in the format that an ending such as {@code .png} or {@code .webp} means. */
    public static byte[] encode(String ending, Mat picture) {
        try (BytePointer bytes = new BytePointer()) {
            opencv_imgcodecs.imencode(ending, picture, bytes);
            byte[] copy = new byte[(int) bytes.limit()];
            bytes.get(copy);
            return copy;
        }
    }

    /** A JPEG of one gray: 0 is black, 255 white. */
    public static byte[] plain(int width, int height, int gray) {
        try (Scalar value = Scalar.all(gray);
                Mat picture = new Mat(height, width, opencv_core.CV_8UC3, value)) {
            return jpeg(picture, 80);
        }
    }

    /** A JPEG full of noise: about 0.7 bytes a pixel. */
    public static byte[] noise(int width, int height) {
        try (Mat noise = new Mat(height, width, opencv_core.CV_8UC3);
                Mat low = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(0));
                Mat high = new Mat(1, 1, opencv_core.CV_64F, Scalar.all(255))) {
            opencv_core.randu(noise, low, high);
            return jpeg(noise, 80);
        }
    }

    /** A progressive JPEG with so many scans, the last of its own again and again: small, and very long to decode. */
    public static byte[] scans(int width, int height, int scans) {
        byte[] own = progressive(width, height);
        int last = own.length;
        int present = 0;
        for (int at = 0; at + 1 < own.length; at++) {
            if (own[at] == (byte) 0xFF && own[at + 1] == (byte) 0xDA) {
                present++;
                last = at;
            }
        }
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        picture.write(own, 0, own.length - 2);
        for (int scan = present; scan < scans; scan++) {
            picture.write(own, last, own.length - 2 - last);
        }
        picture.write(own, own.length - 2, 2);
        return picture.toByteArray();
    }

    /** A progressive JPEG of one gray: 6 scans, as libjpeg makes them of gray. */
    public static byte[] progressive(int width, int height) {
        try (Scalar value = Scalar.all(99);
                Mat picture = new Mat(height, width, opencv_core.CV_8UC1, value);
                BytePointer bytes = new BytePointer();
                IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1)) {
            opencv_imgcodecs.imencode(".jpg", picture, bytes, parameters);
            byte[] copy = new byte[(int) bytes.limit()];
            bytes.get(copy);
            return copy;
        }
    }

    /** The picture in BGR; the caller closes it. */
    public static Mat decode(byte[] encoded) {
        try (BytePointer bytes = new BytePointer(encoded);
                Mat row = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes)) {
            return opencv_imgcodecs.imdecode(row, opencv_imgcodecs.IMREAD_COLOR);
        }
    }

    /** The bytes of an encoded frame. */
    public static byte[] bytes(EncodedFrame frame) {
        ByteBuffer data = frame.data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return copy;
    }

    /** Mean of all channels over the picture, 0 to 255. */
    public static double brightness(Mat picture) {
        try (Scalar mean = opencv_core.mean(picture)) {
            double sum = 0;
            for (int i = 0; i < picture.channels(); i++) {
                sum += mean.get(i);
            }
            return sum / picture.channels();
        }
    }
}
