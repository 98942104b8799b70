package dev.makespan.core.report;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that started. Times are plan time since the first start of the run.
 *
 * @param finish null: it goes on
 * @param planned the task's planned duration
 */
public record TimelineEntry(
    TaskId task,
    String agent,
    int attempt,
    Duration start,
    @Nullable Duration finish,
    Attempt.Outcome outcome,
    Duration planned) {}
