package dev.makespan.agent;

import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.task.TaskRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What runners have asked and wait for. Of the agent's thread. */
final class Questions {

  private record Key(TaskRef task, String id) {}

  private final Map<Key, CompletableFuture<Answer>> open = new LinkedHashMap<>();

  void asked(TaskRef task, String id, CompletableFuture<Answer> answer) {
    open.put(new Key(task, id), answer);
  }

  /** What is queued is not answered yet. */
  void answered(Answer answer) {
    if (answer.ruling() == Ruling.QUEUED) {
      return;
    }
    CompletableFuture<Answer> waiting = open.remove(new Key(answer.task(), answer.requestId()));
    if (waiting != null) {
      waiting.complete(answer);
    }
  }

  /** The attempt is over, and nobody answers any more. */
  void over(TaskRef task) {
    open.entrySet()
        .removeIf(entry -> {
          boolean mine = entry.getKey().task().equals(task);
          if (mine) {
            entry.getValue().cancel(false);
          }
          return mine;
        });
  }
}
