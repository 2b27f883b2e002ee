/** What ties the runtime to a container: services, configuration, registration. */
package io.pinion.core.osgi;
