package dev.sightline.bench.rates;

import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Structural similarity, nearer to what people see than PSNR: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from
 * error visibility to structural similarity", IEEE Transactions on Image Processing 13 (4), 2004.
 */
final class Ssim {
    private static final double DEVIATION = 1.5;
    private static final double MEANS = Math.pow(0.01 * 255, 2);
    private static final double VARIANCES = Math.pow(0.03 * 255, 2);

    private Ssim() {}

    /** The mean over two gray pictures of one size; 1 if they are the same. */
    static double of(Mat first, Mat second) {
        try (Mat a = precise(first);
                Mat b = precise(second);
                Mat meanA = blurred(a);
                Mat meanB = blurred(b);
                Mat meanProduct = product(meanA, meanB);
                Mat meanSquares = squares(meanA, meanB);
                Mat product = product(a, b);
                Mat squares = squares(a, b);
                Mat covariance = blurred(product);
                Mat variances = blurred(squares)) {
            opencv_core.subtract(covariance, meanProduct, covariance);
            opencv_core.subtract(variances, meanSquares, variances);
            return mean(meanProduct, covariance, meanSquares, variances);
        }
    }

    private static double mean(Mat meanProduct, Mat covariance, Mat meanSquares, Mat variances) {
        meanProduct.convertTo(meanProduct, -1, 2, MEANS);
        covariance.convertTo(covariance, -1, 2, VARIANCES);
        meanSquares.convertTo(meanSquares, -1, 1, MEANS);
        variances.convertTo(variances, -1, 1, VARIANCES);
        opencv_core.multiply(meanProduct, covariance, meanProduct);
        opencv_core.multiply(meanSquares, variances, meanSquares);
        opencv_core.divide(meanProduct, meanSquares, meanProduct);
        try (Scalar mean = opencv_core.mean(meanProduct)) {
            return mean.get(0);
        }
    }

    private static Mat precise(Mat picture) {
        Mat precise = new Mat();
        picture.convertTo(precise, opencv_core.CV_32F);
        return precise;
    }

    private static Mat blurred(Mat picture) {
        Mat blurred = new Mat();
        try (Size window = new Size(11, 11)) {
            opencv_imgproc.GaussianBlur(picture, blurred, window, DEVIATION);
        }
        return blurred;
    }

    private static Mat product(Mat a, Mat b) {
        Mat product = new Mat();
        opencv_core.multiply(a, b, product);
        return product;
    }

    private static Mat squares(Mat a, Mat b) {
        Mat squares = product(a, a);
        try (Mat other = product(b, b)) {
            opencv_core.add(squares, other, squares);
        }
        return squares;
    }
}
