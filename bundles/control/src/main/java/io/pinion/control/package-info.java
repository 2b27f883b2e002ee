/**
 * A running Pinion takes commands from other processes of its user: over a socket of the local machine, in a directory
 * that only this user can enter. The jar is a bundle, the server's side, and a library, the client's.
 *
 * <p>A conversation is one {@link io.pinion.control.Request}, answered by {@link io.pinion.control.Frame}s, of which the
 * last carries the exit status; a command that reads asks the client for a line at a time. A client that goes away
 * interrupts its command.
 */
package io.pinion.control;
