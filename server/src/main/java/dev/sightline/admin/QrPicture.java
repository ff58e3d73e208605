package dev.sightline.admin;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;

/** An address as a QR code (ISO/IEC 18004). */
public final class QrPicture {
    /** The character that a terminal needs to show for {@link #blocks}. */
    public static final char FULL_BLOCK = '█';

    /** Empty modules around the code: the standard requires four, phones accept two. */
    private static final int QUIET = 2;

    private final QrCode code;

    private QrPicture(QrCode code) {
        this.code = code;
    }

    /** The code of a text. */
    public static QrPicture of(String text) {
        return new QrPicture(QrCode.encodeText(text, Ecc.LOW));
    }

    /** As an SVG document, black on white, 1 unit per module. */
    public String svg() {
        int side = code.size + 2 * QUIET;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side
                + "H0z\"/><path d=\""
                + path + "\"/></svg>\n";
    }

    /** As lines of text for a dark terminal, two modules per line height: the light modules are drawn. */
    public String blocks() {
        StringBuilder lines = new StringBuilder();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                lines.append(block(isLight(x, y), isLight(x, y + 1)));
            }
            lines.append(System.lineSeparator());
        }
        return lines.toString().stripTrailing();
    }

    private boolean isLight(int x, int y) {
        return y < code.size + QUIET && !code.getModule(x, y);
    }

    private static char block(boolean upper, boolean lower) {
        return upper ? lower ? FULL_BLOCK : '▀' : lower ? '▄' : ' ';
    }
}
