/**
 * What applications and hosts use: a {@link io.pinion.volume.Volume} or {@link io.pinion.volume.TapeDrive} is a service
 * that they hold without knowing how its bytes move; {@link io.pinion.volume.VolumeAdmin} shows and changes that;
 * {@link io.pinion.volume.Pinion} is the same without a container. Implemented by Pinion alone.
 */
@Export
@Version("0.1.0")
package io.pinion.volume;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
