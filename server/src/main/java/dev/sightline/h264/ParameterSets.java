package dev.sightline.transport.webrtc.rtp;

import dev.sightline.transport.webrtc.rtp.AnnexB.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Remembers an H.264 stream's last SPS and PPS, for those IDR pictures that come without them. */
final class ParameterSets {
    private Optional<Unit> sps = Optional.empty();
    private Optional<Unit> pps = Optional.empty();

    /** Whether both are remembered. */
    boolean known() {
        return sps.isPresent() && pps.isPresent();
    }

    /** The units of one picture, with the remembered sets in front if it is an IDR picture that lacks them. */
    List<Unit> complete(List<Unit> units) {
        boolean hasSps = false;
        boolean hasPps = false;
        boolean hasIdr = false;
        for (Unit unit : units) {
            switch (unit.type()) {
                case AnnexB.SPS -> {
                    hasSps = true;
                    sps = remembered(sps, unit);
                }
                case AnnexB.PPS -> {
                    hasPps = true;
                    pps = remembered(pps, unit);
                }
                case AnnexB.IDR -> hasIdr = true;
                default -> {
                    // nothing to remember
                }
            }
        }
        return hasIdr && !(hasSps && hasPps) ? completed(units, hasSps, hasPps) : units;
    }

    private List<Unit> completed(List<Unit> units, boolean hasSps, boolean hasPps) {
        List<Unit> completed = new ArrayList<>();
        if (!hasSps) {
            sps.ifPresent(completed::add);
        }
        if (!hasPps) {
            pps.ifPresent(completed::add);
        }
        completed.addAll(units);
        return completed;
    }

    /** A copy, as the picture it came with is not to be kept; the old one if they are the same. */
    private static Optional<Unit> remembered(Optional<Unit> old, Unit unit) {
        byte[] bytes = Arrays.copyOfRange(unit.bytes(), unit.offset(), unit.offset() + unit.length());
        return old.filter(known -> Arrays.equals(known.bytes(), bytes))
                .or(() -> Optional.of(new Unit(bytes, 0, bytes.length)));
    }
}
