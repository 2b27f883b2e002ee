/** What the figures say: intervals, comparisons, the verdict. Without I/O. */
package io.pinion.advisor.judge;
