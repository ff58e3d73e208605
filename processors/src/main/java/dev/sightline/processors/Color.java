package dev.sightline.processors;

import dev.sightline.frame.PixelFormat;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A colour to draw with.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
record Color(int red, int green, int blue) {
    static final Color BLACK = new Color(0, 0, 0);
    static final Color WHITE = new Color(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#?([0-9a-f]{6})");
    private static final Map<String, Color> NAMED = named();

    /**
     * The colour with this name, or with these six hexadecimal digits (rrggbb, with or without #).
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Color of(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (NAMED.containsKey(wanted)) {
            return NAMED.get(wanted);
        }
        Matcher hex = HEX.matcher(wanted);
        if (hex.matches()) {
            return ofRgb(Integer.parseInt(hex.group(1), 16));
        }
        throw new IllegalArgumentException("no colour '" + text + "': use one of " + String.join(", ", NAMED.keySet())
                + ", or six hexadecimal digits such as 00ff80");
    }

    /** The layouts that can show this colour: one that is not gray needs a colour frame. */
    Set<PixelFormat> layouts() {
        return red == green && green == blue ? EnumSet.allOf(PixelFormat.class) : EnumSet.of(PixelFormat.BGR);
    }

    /** Black or white, whichever has more contrast to this colour. */
    Color opposite() {
        return luminance() > 127 ? BLACK : WHITE;
    }

    /** The pixel value of this colour in the given frame's layout; the caller closes it. */
    Scalar in(Mat picture) {
        return picture.channels() == 1 ? new Scalar(luminance()) : new Scalar(blue, green, red, 0);
    }

    /** The gray it converts to, 0 to 255 (ITU-R BT.601, as OpenCV converts). */
    private double luminance() {
        return 0.299 * red + 0.587 * green + 0.114 * blue;
    }

    private static Color ofRgb(int rgb) {
        return new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    }

    private static Map<String, Color> named() {
        Map<String, Color> named = new LinkedHashMap<>();
        named.put("white", WHITE);
        named.put("black", BLACK);
        named.put("gray", ofRgb(0x808080));
        named.put("red", ofRgb(0xff0000));
        named.put("orange", ofRgb(0xff8000));
        named.put("yellow", ofRgb(0xffff00));
        named.put("green", ofRgb(0x00ff00));
        named.put("cyan", ofRgb(0x00ffff));
        named.put("blue", ofRgb(0x0000ff));
        named.put("magenta", ofRgb(0xff00ff));
        return named;
    }
}
