/** What the machine is, by what the kernel tells in /proc and /sys: what may make figures mean something else than they seem to. */
package io.pinion.advisor.machine;
