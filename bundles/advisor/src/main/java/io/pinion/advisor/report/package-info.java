/** What a user can take away from an {@link io.pinion.advisor.Advice}: a page to read, figures for programs, a job to check them by. */
package io.pinion.advisor.report;
