/** What docs/ shows of applications that use volumes: each block of Java there is an excerpt of a class here. */
package io.pinion.snippets;
