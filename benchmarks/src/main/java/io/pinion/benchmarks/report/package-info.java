/** What came of the rounds: ratios with their intervals, as Markdown, JSON and pictures. */
package io.pinion.benchmarks.report;
