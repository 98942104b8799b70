package dev.makespan.core.plan;

import java.util.List;

/** A task as read, with the places that problems of the whole graph are reported at. */
record Described(Task task, Position at, List<Position> needs) {}
