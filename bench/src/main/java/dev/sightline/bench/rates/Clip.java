package dev.sightline.bench.rates;

import org.bytedeco.opencv.opencv_core.Mat;

/** What an encoder is given to see: ten seconds, 30 pictures a second, easy ones first. */
enum Clip {
    PATTERN("the test pattern", Scene::pattern),
    STILL("a photograph", (scene, number) -> scene.photograph(0)),
    WEBCAM("a photograph, with a webcam's grain", (scene, number) -> scene.grainy(scene.photograph(0), 4)),
    PAN("a pan over photographs", (scene, number) -> scene.photographs(6 * number, number)),
    CUTS("another photograph every second", (scene, number) -> scene.photograph(number / Scene.FPS)),
    WHIPPED(
            "a violent pan over photographs",
            (scene, number) ->
                    scene.photographs(1200 + 900 * Math.sin(number / 12.0), 350 + 300 * Math.cos(number / 17.0))),
    SHAKEN(
            "a violent pan over texture",
            (scene, number) -> scene.texture(600 + 500 * Math.sin(number / 12.0), 350 + 300 * Math.cos(number / 17.0))),
    CALMED(
            "texture: violent motion for three seconds, then calm",
            (scene, number) -> number < 3 * Scene.FPS
                    ? SHAKEN.paint(scene, number)
                    : scene.texture(600 + 0.4 * number, 350 + 0.2 * number)),
    NOISE("noise, which nothing compresses", (scene, number) -> scene.noise());

    private final String description;
    private final Painter painter;

    /** Paints the picture of a number, from 0. */
    private interface Painter {
        Mat paint(Scene scene, int number);
    }

    Clip(String description, Painter painter) {
        this.description = description;
        this.painter = painter;
    }

    /** For people. */
    String description() {
        return description;
    }

    /** The picture of a number, from 0; the caller closes it. */
    Mat paint(Scene scene, int number) {
        return painter.paint(scene, number);
    }
}
