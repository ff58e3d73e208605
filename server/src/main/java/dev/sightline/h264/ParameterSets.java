package dev.sightline.h264;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Stores an H.264 stream's latest SPS and PPS, for IDR pictures without them. Used by one thread. */
public final class ParameterSets {
    private Optional<NalUnit> sps = Optional.empty();
    private Optional<NalUnit> pps = Optional.empty();

    public ParameterSets() {}

    /** Whether both are known. */
    public boolean known() {
        return sps.isPresent() && pps.isPresent();
    }

    /** The units of one picture, with the stored sets in front if it is an IDR picture without them. */
    public List<NalUnit> complete(List<NalUnit> units) {
        boolean hasSps = false;
        boolean hasPps = false;
        boolean hasIdr = false;
        for (NalUnit unit : units) {
            switch (unit.type()) {
                case NalUnit.SPS -> {
                    hasSps = true;
                    sps = remembered(sps, unit);
                }
                case NalUnit.PPS -> {
                    hasPps = true;
                    pps = remembered(pps, unit);
                }
                case NalUnit.IDR -> hasIdr = true;
                default -> {
                    // not stored
                }
            }
        }
        return hasIdr && !(hasSps && hasPps) ? completed(units, hasSps, hasPps) : units;
    }

    private List<NalUnit> completed(List<NalUnit> units, boolean hasSps, boolean hasPps) {
        List<NalUnit> completed = new ArrayList<>();
        if (!hasSps) {
            sps.ifPresent(completed::add);
        }
        if (!hasPps) {
            pps.ifPresent(completed::add);
        }
        completed.addAll(units);
        return completed;
    }

    /** A copy, since the picture it came with must not be retained; the old one if they are equal. */
    private static Optional<NalUnit> remembered(Optional<NalUnit> old, NalUnit unit) {
        byte[] bytes = Arrays.copyOfRange(unit.bytes(), unit.offset(), unit.offset() + unit.length());
        return old.filter(known -> Arrays.equals(known.bytes(), bytes))
                .or(() -> Optional.of(new NalUnit(bytes, 0, bytes.length)));
    }
}
