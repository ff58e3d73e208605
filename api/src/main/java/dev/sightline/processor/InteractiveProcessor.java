package dev.sightline.processor;

import dev.sightline.frame.Frame;
import java.util.Optional;
import java.util.Set;

/**
 * A processor that also takes what viewers send: a click on the picture, a key, the value of a slider.
 *
 * <p>An input names the frame that its viewer saw. So that a click reaches the processor with the picture it was made on, the
 * step keeps the frames of the last 2 s, each as it was before {@link #process}: the source's own JPEG where no step before this
 * one may change frames, else a copy. They take 64 MB of copies or 16 MB of JPEGs at most; beyond that the oldest are dropped.
 */
public interface InteractiveProcessor extends FrameProcessor {

    /**
     * The names of the inputs it takes, for example {@code click}: 1 to 64 characters each. Asked once, when the pipeline is
     * made; inputs of other names are refused.
     */
    Set<String> inputs();

    /**
     * Takes an input, between two frames. The pipeline's thread makes the call, as it does {@link #process}, at most 2 s after the
     * input came. If it throws, only this input is lost.
     *
     * @param shown the frame that the viewer saw, with the detections of earlier steps. It is lent for the time of the call and
     *     may be changed, which nobody sees. Empty if it is older than 2 s, is not known, or the input names none.
     * @throws Exception on any failure
     */
    void input(ViewerInput input, Optional<Frame> shown) throws Exception;
}
