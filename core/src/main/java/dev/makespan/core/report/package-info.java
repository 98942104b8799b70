/**
 * What a run saved and how it went: a pure function of the plan, its analysis and the times that
 * the run's tasks took.
 */
@NullMarked
package dev.makespan.core.report;

import org.jspecify.annotations.NullMarked;
