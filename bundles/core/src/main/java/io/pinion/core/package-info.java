/** The runtime: volumes, the swap, configuration. Not exported: applications and drivers see the contracts alone. */
package io.pinion.core;
