/**
 * What a plan says, checked and with its defaults filled in. A {@link dev.makespan.core.plan.Plan}
 * is immutable; {@code PlanCheck} alone makes one from a description.
 */
@NullMarked
package dev.makespan.core.plan;

import org.jspecify.annotations.NullMarked;
