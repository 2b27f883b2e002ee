/**
 * What operators write for a driver or another component, read as a whole: a
 * {@link io.pinion.configuration.ConfigurationValues} takes the values of one configuration and refuses, by a
 * {@link io.pinion.configuration.ConfigurationRefused} that says key, value and what is allowed, what is wrong or unknown.
 */
@Export
@Version("0.1.0")
package io.pinion.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
