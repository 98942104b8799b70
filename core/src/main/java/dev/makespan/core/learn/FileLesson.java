package dev.makespan.core.learn;

import dev.makespan.core.change.PlanChange;

/**
 * A change of a plan that a run suggests.
 *
 * @param certain the accepted work shows it; otherwise somebody has to look
 * @param basis what it rests on, in words
 */
public record FileLesson(PlanChange change, boolean certain, String basis) {}
