/** What operators write, read and checked as a whole. */
package io.pinion.core.config;
