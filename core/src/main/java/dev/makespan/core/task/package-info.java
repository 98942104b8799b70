/**
 * The life of one task in a run: its states, what may happen to it, and the rules that decide.
 * Fences name attempts; an older one never changes anything.
 */
@NullMarked
package dev.makespan.core.task;

import org.jspecify.annotations.NullMarked;
