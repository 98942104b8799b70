/**
 * The suite on one machine: a PostgreSQL, the three services and agents as child processes. {@link
 * dev.makespan.cli.suite.Suite} starts, watches and stops them; {@link dev.makespan.cli.suite.Home}
 * says where everything stands.
 */
@NullMarked
package dev.makespan.cli.suite;

import org.jspecify.annotations.NullMarked;
