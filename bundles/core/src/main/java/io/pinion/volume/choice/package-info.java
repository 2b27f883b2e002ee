/**
 * Who chooses the strategy of volumes with {@code strategy=auto}, and by what. Bundle {@code io.pinion.advisor} has such a
 * chooser; another one may take its place.
 */
@Export
@Version("0.1.0")
package io.pinion.volume.choice;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
