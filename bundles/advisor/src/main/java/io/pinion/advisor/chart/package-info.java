/** Pictures of figures, as SVG by hand: the one place where they are drawn, for reports here and for the benchmarks'. */
package io.pinion.advisor.chart;
