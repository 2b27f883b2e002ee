package io.pinion.tck;

import io.pinion.strategy.Geometry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A range that begins and ends on, just before or just behind a boundary that somebody below may care about. */
record Edge(long offset, int length) {
    private static final int LARGEST_UNIT = 64 * 1024;

    /** {@return the sizes of blocks whose boundaries matter for this geometry, pages included} */
    static Set<Integer> units(Geometry geometry) {
        Set<Integer> units = new TreeSet<>(List.of(
                512,
                BufferKind.PAGE_SIZE,
                geometry.logicalBlockSize(),
                geometry.physicalBlockSize(),
                geometry.memoryAlignment(),
                geometry.offsetAlignment(),
                geometry.lengthAlignment()));
        units.removeIf(unit -> unit < 8 || unit > LARGEST_UNIT);
        return units;
    }

    /** {@return all ranges for this geometry; none reaches beyond {@link #span}} */
    static List<Edge> all(Geometry geometry) {
        List<Edge> edges = new ArrayList<>();
        for (int unit : units(geometry)) {
            for (long offset : new long[] {0, unit - 1, unit, unit + 1, 3L * unit - 1, 3L * unit}) {
                for (int length : new int[] {1, unit - 1, unit, unit + 1, 2 * unit, 2 * unit + 1}) {
                    edges.add(new Edge(offset, length));
                }
            }
        }
        return edges;
    }

    /** {@return a size that holds all ranges, and some more behind them} */
    static int span(Geometry geometry) {
        return units(geometry).stream().mapToInt(unit -> 6 * unit).max().orElseThrow();
    }
}
