package dev.makespan.core.plan;

import java.util.List;

/**
 * A task as read, with the places that problems of the whole graph are reported at.
 *
 * @param declared its number among the tasks that the plan declares, from 0
 * @param needs as described, good or not
 * @param providers the numbers of the tasks that it needs, in the order of its needs
 * @param needsParts whether a milestone is enough for one of its needs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; an object for each number would be many
record Described(
    Task task, Position at, int declared, List<Node> needs, int[] providers, boolean needsParts) {}
