package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;

/** An agent's runner for the commands and scripts of tasks, and its other one for the rest. */
public record RunnersByWork(Runner commands, Runner others) implements Runner {

  private Runner of(TaskSpec spec) {
    return switch (spec.work()) {
      case dev.makespan.core.plan.Work.Command _, dev.makespan.core.plan.Work.Script _ -> commands;
      case dev.makespan.core.plan.Work.Prompt _, dev.makespan.core.plan.Work.AgentsDefault() ->
          others;
    };
  }

  @Override
  public String refusal(TaskSpec spec) {
    return of(spec).refusal(spec);
  }

  @Override
  public Work start(TaskRef task, int attempt, TaskSpec spec, TaskContext context, News news) {
    return of(spec).start(task, attempt, spec, context, news);
  }

  @Override
  public void close() {
    try {
      commands.close();
    } finally {
      others.close();
    }
  }
}
