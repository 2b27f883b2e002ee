/** The command {@code advise}. */
package io.pinion.advisor.command;
