/**
 * What a plan's needs and files say before anything runs: critical path, waves, hazards, and the
 * analysis that puts them beside a schedule and its lower bound.
 */
@NullMarked
package dev.makespan.core.analysis;

import org.jspecify.annotations.NullMarked;
