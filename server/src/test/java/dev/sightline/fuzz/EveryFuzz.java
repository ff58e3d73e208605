package dev.sightline.fuzz;

import dev.sightline.source.http.CameraAnswerFuzz;
import dev.sightline.transport.socketio.PacketFuzz;
import dev.sightline.transport.webrtc.rtp.RtpFuzz;
import dev.sightline.transport.webrtc.sdp.SdpFuzz;
import dev.sightline.transport.webrtc.transport.MediaPacketFuzz;
import dev.sightline.transport.websocket.SentMessageFuzz;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** All of them in one process: the first byte says which, and the others are its input. */
public final class EveryFuzz {
    private static final List<Consumer<byte[]>> ALL = List.of(
            JpegHeaderFuzz::fuzzerTestOneInput,
            SentPictureFuzz::fuzzerTestOneInput,
            VideoHeaderFuzz::fuzzerTestOneInput,
            CameraAnswerFuzz::fuzzerTestOneInput,
            SentMessageFuzz::fuzzerTestOneInput,
            PacketFuzz::fuzzerTestOneInput,
            SdpFuzz::fuzzerTestOneInput,
            RtpFuzz::fuzzerTestOneInput,
            MediaPacketFuzz::fuzzerTestOneInput);

    private EveryFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            byte[] rest = Arrays.copyOfRange(input, 1, input.length);
            ALL.get(Byte.toUnsignedInt(input[0]) % ALL.size()).accept(rest);
        }
    }
}
