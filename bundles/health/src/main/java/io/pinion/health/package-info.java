/**
 * Health checks of the Apache Felix Health Check API, tagged {@code pinion}: run by whatever executor the container has,
 * and by the command {@code health} where it has none.
 */
package io.pinion.health;
