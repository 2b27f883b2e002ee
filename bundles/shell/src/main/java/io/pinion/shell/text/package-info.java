/**
 * What the commands of the scope {@code pinion} have in common, for bundles that add commands: tables, units, how words
 * are taken and how a command fails.
 */
@Export
@Version("0.1.0")
package io.pinion.shell.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
