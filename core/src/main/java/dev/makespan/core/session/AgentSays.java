package dev.makespan.core.session;

import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an agent says on its stream. */
public sealed interface AgentSays {

  /** The protocol that this code speaks. */
  int PROTOCOL_VERSION = 1;

  /**
   * First, and once per stream. Nothing is remembered for the agent: it says what it still holds.
   *
   * @param held accepted or running
   * @param unacknowledged results sent without an answer; each is sent again after Welcome
   */
  record Hello(
      SessionId session,
      AgentId agent,
      int protocolVersion,
      List<Role> roles,
      Map<String, String> labels,
      int slots,
      List<TaskRef> held,
      List<TaskRef> unacknowledged,
      String software)
      implements AgentSays {

    public Hello {
      roles = List.copyOf(roles);
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      held = List.copyOf(held);
      unacknowledged = List.copyOf(unacknowledged);
    }
  }

  /** Absolute free slots, never a difference. */
  record Capacity(int freeSlots) implements AgentSays {}

  /** The assignment will be worked on. */
  record Accept(TaskRef task) implements AgentSays {}

  /** The assignment is given back. */
  record Refuse(TaskRef task, String reason) implements AgentSays {}

  /** The work itself has begun. */
  record Started(TaskRef task) implements AgentSays {}

  /**
   * How far the work is; changes no state.
   *
   * @param percent 0 to 100
   * @param checkpoint from which another attempt can go on; empty: no newer one
   * @param files touched since the start
   */
  record Progress(
      TaskRef task, int percent, String note, String checkpoint, Usage usage, List<String> files)
      implements AgentSays {

    public Progress {
      files = List.copyOf(files);
    }

    /** Only how far. */
    public Progress(TaskRef task, int percent, String note) {
      this(task, percent, note, "", Usage.NONE, List.of());
    }
  }

  /** A declared milestone is reached. */
  record MilestoneReached(TaskRef task, MilestoneId milestone) implements AgentSays {}

  /** Another assignment can come; the result follows. */
  record SlotFree(TaskRef task) implements AgentSays {}

  /**
   * The end of an attempt, kept and said again until it is acknowledged.
   *
   * @param commit that holds the work; empty: none
   * @param outputs what tasks that need this one are told, name by name
   * @param batch what became of a batch; null: it is no integrator's
   */
  record Result(
      TaskRef task,
      String resultId,
      Outcome outcome,
      String message,
      Map<String, Double> metrics,
      List<GateReport> gates,
      List<String> files,
      String commit,
      List<MadeArtifact> artifacts,
      Usage usage,
      Map<String, String> outputs,
      @Nullable BatchReport batch)
      implements AgentSays {

    public Result {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
      gates = List.copyOf(gates);
      files = List.copyOf(files);
      artifacts = List.copyOf(artifacts);
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /** Of a task of the plan. */
    public Result(
        TaskRef task,
        String resultId,
        Outcome outcome,
        String message,
        Map<String, Double> metrics,
        List<GateReport> gates,
        List<String> files,
        String commit,
        List<MadeArtifact> artifacts,
        Usage usage,
        Map<String, String> outputs) {
      this(
          task, resultId, outcome, message, metrics, gates, files, commit, artifacts, usage,
          outputs, null);
    }

    /** Of a batch. */
    public Result(
        TaskRef task,
        String resultId,
        Outcome outcome,
        String message,
        @Nullable BatchReport batch) {
      this(
          task,
          resultId,
          outcome,
          message,
          Map.of(),
          List.of(),
          List.of(),
          "",
          List.of(),
          Usage.NONE,
          Map.of(),
          batch);
    }

    /** Of work that leaves nothing but files. */
    public Result(
        TaskRef task,
        String resultId,
        Outcome outcome,
        String message,
        Map<String, Double> metrics,
        List<GateReport> gates,
        List<String> files) {
      this(
          task,
          resultId,
          outcome,
          message,
          metrics,
          gates,
          files,
          "",
          List.of(),
          Usage.NONE,
          Map.of());
    }
  }

  /** The heartbeat: everything accepted whose result is not acknowledged. Renews those leases. */
  record Status(List<TaskRef> held, int freeSlots) implements AgentSays {
    public Status {
      held = List.copyOf(held);
    }
  }

  /** The work was stopped as asked. */
  record Cancelled(TaskRef task, String how) implements AgentSays {}

  /** No new assignments, please. */
  record Draining(String reason) implements AgentSays {}

  /**
   * The work can't go on without somebody; said again until it is answered.
   *
   * @param blockerId chosen by the agent
   * @param keepsSlot the agent waits with the work in its hands; otherwise slot and locks go back
   */
  record RaiseBlocker(TaskRef task, String blockerId, String question, boolean keepsSlot)
      implements AgentSays {}

  /**
   * The work needs paths outside of those that were declared.
   *
   * @param requestId chosen by the agent
   */
  record RequestFiles(TaskRef task, String requestId, List<FileAccess> files, String reason)
      implements AgentSays {

    public RequestFiles {
      files = List.copyOf(files);
    }
  }

  /** How the work ended, as far as the agent can tell. */
  enum Outcome {
    OK,
    /** Trying again may help. */
    FAILED,
    /** Trying again is of no use. */
    FATAL
  }

  /**
   * A gate that the agent has tried.
   *
   * @param gate as the assignment names it
   */
  record GateReport(String gate, boolean green, String report) {}
}
