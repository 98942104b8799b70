package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Explain;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.dispatch.ShardInput;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunView;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.Journal.Requested;
import dev.makespan.scheduler.Journal.StoredRun;
import dev.makespan.scheduler.Mail.Recalled;
import dev.makespan.scheduler.Mail.Standings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What clients do with runs. Every method blocks: call on virtual threads. */
public final class Runs {

  static final Duration BUSY_PAUSE = Duration.ofSeconds(1);
  private static final int PAGE = 10_000;

  private final ShardOwner owner;
  private final Journal journal;
  private final ShardClock clock;
  private final Semaphore permits;
  private final ConcurrentHashMap<String, Starting> starting = new ConcurrentHashMap<>();

  /** A start that is under way; the same request waits for the same answer. */
  private record Starting(String bodyHash, CompletableFuture<RunAnswer> answer) {}

  /**
   * Runs of one owner.
   *
   * @param waitingCalls so many calls wait at the same time
   */
  public Runs(ShardOwner owner, Journal journal, ShardClock clock, int waitingCalls) {
    this.owner = owner;
    this.journal = journal;
    this.clock = clock;
    this.permits = new Semaphore(waitingCalls);
  }

  /** Starts a run, once per request id. */
  public RunAnswer start(StartRequest request) {
    return limited(() -> startOnce(request));
  }

  private RunAnswer startOnce(StartRequest request) {
    Starting mine = new Starting(request.bodyHash(), new CompletableFuture<>());
    Starting before = starting.putIfAbsent(request.requestId(), mine);
    if (before != null) {
      RunAnswer theirs = before.answer().join();
      return before.bodyHash().equals(request.bodyHash()) ? theirs : startOnce(request);
    }
    RunAnswer answer = new RunAnswer.Unavailable("the start has failed; call again");
    try {
      answer = startAlone(request);
    } finally {
      starting.remove(request.requestId());
      mine.answer().complete(answer);
    }
    return answer;
  }

  private RunAnswer startAlone(StartRequest request) {
    Roster roster = owner.roster();
    if (!roster.isKnown()) {
      return new RunAnswer.Unavailable("the scheduler is starting");
    }
    int shard = roster.shardOf(request.plan().name());
    return switch (journal.requested(request.requestId(), request.bodyHash(), shard)) {
      case Requested.Seen seen when seen.bodyHash().equals(request.bodyHash()) ->
          started(lookup(seen.run()));
      case Requested.Seen seen -> new RunAnswer.UsedBefore(request.requestId(), seen.run());
      case Requested.Reserved reserved -> startNew(request, reserved);
    };
  }

  private static RunAnswer started(RunAnswer answer) {
    return answer instanceof RunAnswer.Found(RunView view)
        ? new RunAnswer.Found(view.withoutTasksIfLarge())
        : answer;
  }

  private RunAnswer startNew(StartRequest request, Requested.Reserved reserved) {
    RunId id = reserved.run();
    RunSpec spec =
        new RunSpec(
            id,
            request.plan(),
            request.planVersion(),
            request.parameters(),
            request.simulated(),
            request.speed(),
            request.weight(),
            clock.now());
    return change(
        id,
        new ShardInput.StartRun(spec),
        new NewRun(
            spec,
            request.encodedPlan(),
            reserved.shard(),
            request.requestId(),
            request.bodyHash()));
  }

  /** Asks for an end of a run. */
  public RunAnswer cancel(RunId run, String reason) {
    return limited(() -> change(run, new ShardInput.CancelRun(run, reason), null));
  }

  /** Does something to a run; one that has ended may go on when a task of it is tried again. */
  public RunAnswer change(RunId run, RunCommand command) {
    return limited(() -> {
      RunAnswer answer = change(run, new ShardInput.ChangeRun(run, command), null);
      boolean unknown =
          answer instanceof RunAnswer.Refused refused
              && refused.why() instanceof Outcome.UnknownRun;
      return unknown ? reopen(run, command) : answer;
    });
  }

  /** A run that finished long ago is not in memory any more. */
  private RunAnswer reopen(RunId run, RunCommand command) {
    CompletableFuture<Recalled> recalled = new CompletableFuture<>();
    NotHere refusal = owner.offer(new Mail.Recall(run, recalled));
    if (refusal != null) {
      return new RunAnswer.Unavailable(refusal.message(), refusal.owner());
    }
    return switch (recalled.join()) {
      case Recalled.NotOurs no -> new RunAnswer.Unavailable(no.message());
      case Recalled.Here _ -> change(run, new ShardInput.ChangeRun(run, command), null);
      case Recalled.Away away -> {
        Run journaled = findJournaled(run);
        CompletableFuture<RunAnswer> answer = new CompletableFuture<>();
        yield journaled == null
            ? new RunAnswer.Refused(new Outcome.UnknownRun("run " + run + " is not known"))
            : answered(new Mail.Reopen(journaled, away.comebacks(), command, answer), answer);
      }
    };
  }

  private RunAnswer change(RunId run, ShardInput input, @Nullable NewRun started) {
    CompletableFuture<RunAnswer> answer = new CompletableFuture<>();
    return answered(new Mail.Change(run, input, started, answer), answer);
  }

  /** One run, whether live or long finished. */
  public RunAnswer run(RunId run) {
    return limited(() -> lookup(run));
  }

  private RunAnswer lookup(RunId run) {
    CompletableFuture<RunAnswer> answer = new CompletableFuture<>();
    RunAnswer live = answered(new Mail.Look(run, answer), answer);
    return live instanceof RunAnswer.NoSuchRun ? lookupFinished(run) : live;
  }

  private RunAnswer lookupFinished(RunId id) {
    Run journaled = findJournaled(id);
    return journaled == null ? new RunAnswer.NoSuchRun(id) : new RunAnswer.Found(journaled.view());
  }

  private @Nullable Run findJournaled(RunId id) {
    StoredRun stored = journal.findRun(id);
    if (stored == null) {
      return null;
    }
    Run run = new Run(stored.spec());
    List<RunEvent> page;
    do {
      page = journal.events(id, run.position(), PAGE);
      page.forEach(run::apply);
    } while (page.size() == PAGE);
    return run;
  }

  /**
   * Why tasks of a run are not running; thought about on the caller's thread.
   *
   * @param task null: all that are not running
   */
  public ExplainAnswer explain(RunId run, @Nullable TaskId task) {
    if (!permits.tryAcquire()) {
      return new ExplainAnswer.Busy(busy().message(), BUSY_PAUSE);
    }
    try {
      CompletableFuture<Standings> answer = new CompletableFuture<>();
      NotHere refusal = owner.offer(new Mail.Ask(run, answer));
      return refusal == null
          ? explained(run, task, answer.join())
          : new ExplainAnswer.Unavailable(refusal.message(), refusal.owner());
    } finally {
      permits.release();
    }
  }

  private static ExplainAnswer explained(RunId run, @Nullable TaskId task, Standings standings) {
    return switch (standings) {
      case Standings.NotOurs no -> new ExplainAnswer.Unavailable(no.message(), null);
      case Standings.NoSuchRun _ -> new ExplainAnswer.NotFound("there is no live run " + run);
      case Standings.Known known ->
          task != null && !known.situation().run().contains(task)
              ? new ExplainAnswer.NotFound("run " + run + " has no task " + task)
              : new ExplainAnswer.Explained(Explain.of(known.situation(), task));
    };
  }

  /** Hands mail to the shard and waits. */
  private RunAnswer answered(Mail mail, CompletableFuture<RunAnswer> answer) {
    NotHere refusal = owner.offer(mail);
    return refusal == null
        ? answer.join()
        : new RunAnswer.Unavailable(refusal.message(), refusal.owner());
  }

  /**
   * Runs without tasks, newest first.
   *
   * @param before ids below this one
   * @param planName empty: of all plans
   */
  public RunList runs(long before, String planName, int size) {
    if (!permits.tryAcquire()) {
      return new RunList.Busy(busy());
    }
    try {
      List<RunSummary> found = journal.runs(before, planName, size + 1);
      boolean more = found.size() > size;
      return new RunList.Page(more ? found.subList(0, size) : found, more);
    } catch (JournalUnavailable e) {
      return new RunList.Unavailable("the scheduler's database does not answer");
    } finally {
      permits.release();
    }
  }

  private RunAnswer limited(Supplier<RunAnswer> call) {
    if (!permits.tryAcquire()) {
      return busy();
    }
    try {
      return call.get();
    } catch (JournalUnavailable e) {
      return new RunAnswer.Unavailable("the scheduler's database does not answer");
    } finally {
      permits.release();
    }
  }

  private static RunAnswer.Busy busy() {
    return new RunAnswer.Busy("too many calls wait for the scheduler", BUSY_PAUSE);
  }
}
