/** What operators write of a volume, read and checked as a whole. */
package io.pinion.core.config;
