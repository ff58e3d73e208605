package dev.sightline.processor;

import java.util.Map;

/**
 * A processor that hands what it has learned to its successor, when its parameters or its code change while the stream runs. The
 * successor is the new instance of the processor with the same name.
 *
 * <p>Between two frames, the pipeline's thread asks the old instance for its state, gives it to the new one, and closes the old
 * one. If either throws, the new instance starts without a state.
 */
public interface StatefulProcessor extends FrameProcessor {

    /**
     * What the successor should know. Values of classes of Java or of this library only: a value of one of the processor's own
     * classes is of no use to its new code, and keeps the old code in memory.
     *
     * @throws Exception if there is none
     */
    Map<String, Object> saveState() throws Exception;

    /**
     * Takes over what the predecessor knew, before the first frame.
     *
     * @param state as {@link #saveState} gave it; the version before may have had other keys
     * @throws Exception if it cannot be used
     */
    void restoreState(Map<String, Object> state) throws Exception;
}
