package dev.makespan.core.finding;

import dev.makespan.core.plan.PlanPart;

/**
 * A place in the plan that a finding rests on.
 *
 * @param text what stands there and why it matters, half a sentence: "writes src/main.rs"
 */
public record Evidence(PlanPart part, String text) {}
