/** The advisor's verdicts beside fio's ranking, {@code strategy=auto} beside fixed ones, and what watching costs. */
package io.pinion.benchmarks.advisor;
