package dev.sightline.bench.rates;

import org.bytedeco.opencv.opencv_core.Mat;

/** What an encoder is given to see, 30 pictures a second, easy ones first: what there is to see, and what the camera adds. */
enum Clip {
    PATTERN("the test pattern", Scene::pattern),
    STILL("a photograph", (scene, number) -> scene.photograph(0)),
    WEBCAM("a photograph, with a webcam's grain", STILL.painter, (scene, picture) -> scene.grainy(picture, 4)),
    NOISE3("the test pattern, with noise of ±3", Scene::pattern, (scene, picture) -> scene.noisy(picture, 3)),
    NOISE6("the same, ±6", Scene::pattern, (scene, picture) -> scene.noisy(picture, 6)),
    NOISE12("the same, ±12", Scene::pattern, (scene, picture) -> scene.noisy(picture, 12)),
    DIM("a photograph, with noise of ±12", STILL.painter, (scene, picture) -> scene.noisy(picture, 12)),
    FILM(
            "a slow pan over photographs, with film grain",
            (scene, number) -> scene.photographs(number, number / 3.0),
            (scene, picture) -> scene.filmed(picture, 6)),
    PAN("a pan over photographs", (scene, number) -> scene.photographs(6 * number, number)),
    CUTS("another photograph every second", (scene, number) -> scene.photograph(number / Scene.FPS)),
    WHIPPED(
            "a violent pan over photographs",
            (scene, number) ->
                    scene.photographs(1200 + 900 * Math.sin(number / 12.0), 350 + 300 * Math.cos(number / 17.0))),
    SHAKEN(
            "a violent pan over texture",
            (scene, number) -> scene.texture(600 + 500 * Math.sin(number / 12.0), 350 + 300 * Math.cos(number / 17.0))),
    FINE(
            "a sway over fine texture",
            (scene, number) ->
                    scene.fineTexture(300 + 240 * Math.sin(number / 20.0), 150 + 140 * Math.cos(number / 28.0))),
    CALMED(
            "texture: violent motion for three seconds, then calm",
            (scene, number) -> number < 3 * Scene.FPS
                    ? SHAKEN.paint(scene, number)
                    : scene.texture(600 + 0.4 * number, 350 + 0.2 * number)),
    NOISE("noise, which nothing compresses", (scene, number) -> scene.noise());

    private final String description;
    private final Painter painter;
    private final Camera camera;

    /** Paints the picture of a number, from 0. */
    private interface Painter {
        Mat paint(Scene scene, int number);
    }

    /** What becomes of a picture on its way through a camera, which closes it. */
    private interface Camera {
        Mat take(Scene scene, Mat picture);
    }

    Clip(String description, Painter painter) {
        this(description, painter, (scene, picture) -> picture);
    }

    Clip(String description, Painter painter, Camera camera) {
        this.description = description;
        this.painter = painter;
        this.camera = camera;
    }

    /** For people. */
    String description() {
        return description;
    }

    /** What there is to see in the picture of a number, from 0; the caller closes it. */
    Mat paint(Scene scene, int number) {
        return painter.paint(scene, number);
    }

    /** What the camera makes of it, which closes it; the caller closes the result. */
    Mat take(Scene scene, Mat picture) {
        return camera.take(scene, picture);
    }
}
