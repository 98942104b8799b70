/**
 * The suite as processes under a seeded nemesis: agents and clients that write a history, checkers
 * over the history and the journal that know nothing of how the suite is made, and a table of how
 * soon each kind of fault is over.
 */
@NullMarked
package dev.makespan.bench.chaos;

import org.jspecify.annotations.NullMarked;
