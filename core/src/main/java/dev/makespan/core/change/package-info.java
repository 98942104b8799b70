/**
 * Changes of a plan as values: what a finding proposes, what is scheduled again to learn its gain,
 * and what {@code makespan apply} writes into the plan file.
 */
@NullMarked
package dev.makespan.core.change;

import org.jspecify.annotations.NullMarked;
