/**
 * What people miss in a plan: each finding with what it rests on, its remedies, and what they win
 * or cost, found by scheduling again.
 */
@NullMarked
package dev.makespan.core.finding;

import org.jspecify.annotations.NullMarked;
