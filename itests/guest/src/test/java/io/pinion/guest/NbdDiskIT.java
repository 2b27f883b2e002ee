package io.pinion.guest;

import io.pinion.guest.device.NbdDisk;
import io.pinion.guest.device.NetworkDisk;

/** Network block devices: a connection that breaks fails all that is in flight, at once. */
class NbdDiskIT extends NetworkDiskTests {
    @Override
    NetworkDisk impatient() throws Exception {
        return new NbdDisk(5);
    }
}
