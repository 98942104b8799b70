/**
 * The {@code makespan} command: one class per subcommand, {@link dev.makespan.cli.Makespan} to
 * gather them, {@link dev.makespan.cli.ExitCodes} for what scripts rely on.
 */
@NullMarked
package dev.makespan.cli;

import org.jspecify.annotations.NullMarked;
