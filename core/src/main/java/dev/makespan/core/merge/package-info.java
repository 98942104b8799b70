/**
 * The merge queue: accepted commits of a run, merged in the planned order, in batches that are
 * verified and bisected.
 */
@NullMarked
package dev.makespan.core.merge;

import org.jspecify.annotations.NullMarked;
