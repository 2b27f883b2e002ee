/** The choice of a strategy by what a volume's own traffic shows: {@code strategy=auto}. */
package io.pinion.advisor.auto;
