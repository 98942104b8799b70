/**
 * Plans in their outer forms: {@link dev.makespan.formats.plan.PlanReader} reads files, {@link
 * dev.makespan.formats.plan.PlanProto} converts from and to messages. Nothing here decides what a
 * good plan is; {@link dev.makespan.core.plan.PlanCheck} does.
 */
@NullMarked
package dev.makespan.formats.plan;

import org.jspecify.annotations.NullMarked;
