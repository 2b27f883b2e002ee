/** Gogo commands of the scope {@code pinion}, with which an operator sees and changes volumes. */
package io.pinion.shell;
