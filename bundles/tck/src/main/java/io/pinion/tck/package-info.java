/**
 * The compatibility kit: tests that the tests of a strategy inherit, to prove that it keeps the contract of its shape.
 */
@Export
@Version("0.1.0")
package io.pinion.tck;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
