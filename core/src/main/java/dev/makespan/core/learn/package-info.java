/**
 * What a run teaches about its plan: which files its tasks really touched, against those that they
 * declare, and the changes of the plan that follow.
 */
@NullMarked
package dev.makespan.core.learn;

import org.jspecify.annotations.NullMarked;
