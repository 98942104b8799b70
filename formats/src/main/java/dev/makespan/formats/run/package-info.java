/**
 * Runs and their journal from and to proto. The scheduler's journal keeps these messages, so
 * whatever was ever written must be read for ever.
 */
@NullMarked
package dev.makespan.formats.run;

import org.jspecify.annotations.NullMarked;
