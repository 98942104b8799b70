package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A journal some of whose writes are done and then reported as failed; or that is cut off. */
final class FaultyJournal implements Journal {

  private final Journal journal;
  private final Random chance;
  private final double lostAnswers;
  private final AtomicInteger faults = new AtomicInteger();
  private volatile boolean cutOff;
  private volatile Predicate<RunEvent> last = _ -> false;

  FaultyJournal(Journal journal, long seed, double lostAnswers) {
    this.journal = journal;
    this.chance = new Random(seed);
    this.lostAnswers = lostAnswers;
  }

  void cutOff(boolean cutOff) {
    this.cutOff = cutOff;
  }

  /** The first write that holds such an event is done, and then nothing more is reached. */
  void cutOffAfter(Predicate<RunEvent> last) {
    this.last = last;
  }

  int faults() {
    return faults.get();
  }

  private Journal reached() {
    if (cutOff) {
      throw new JournalUnavailable("cut off", new IllegalStateException("cut off"));
    }
    return journal;
  }

  @Override
  public Kept write(Ownership ownership, Group group) {
    Kept kept = reached().write(ownership, group);
    if (group.events().stream().anyMatch(last)) {
      cutOff = true;
      throw new JournalUnavailable("cut off", new IllegalStateException("cut off"));
    }
    boolean lost;
    synchronized (chance) {
      lost = chance.nextDouble() < lostAnswers;
    }
    if (lost) {
      faults.incrementAndGet();
      throw new JournalUnavailable("answer lost", new IllegalStateException("answer lost"));
    }
    return kept;
  }

  @Override
  public void prepare() {
    reached().prepare();
  }

  @Override
  public Roster present(Member replica) {
    return reached().present(replica);
  }

  @Override
  public Claim claim(Member owner, Set<Integer> but) {
    return reached().claim(owner, but);
  }

  @Override
  public Kept keep(Ownership ownership) {
    return reached().keep(ownership);
  }

  @Override
  public void release(Ownership ownership) {
    reached().release(ownership);
  }

  @Override
  public List<RunSpec> liveRuns(int shard, long afterRun, int limit) {
    return reached().liveRuns(shard, afterRun, limit);
  }

  @Override
  public List<RunEvent> events(List<RunId> runs, @Nullable RunEvent after, int limit) {
    return reached().events(runs, after, limit);
  }

  @Override
  public @Nullable Integer findShard(RunId run) {
    return reached().findShard(run);
  }

  @Override
  public boolean dropFinished(Duration kept) {
    return reached().dropFinished(kept);
  }

  @Override
  public List<RunEvent> events(RunId run, long afterPosition, int limit) {
    return reached().events(run, afterPosition, limit);
  }

  @Override
  public Requested requested(String requestId, String bodyHash, int shard) {
    return reached().requested(requestId, bodyHash, shard);
  }

  @Override
  public @Nullable StoredRun findRun(RunId run) {
    return reached().findRun(run);
  }

  @Override
  public List<AgentPause> agentPauses() {
    return reached().agentPauses();
  }

  @Override
  public void pauseAgents(AgentPause.Kind kind, String name, String reason, String by) {
    reached().pauseAgents(kind, name, reason, by);
  }

  @Override
  public void resumeAgents(AgentPause.Kind kind, String name) {
    reached().resumeAgents(kind, name);
  }

  @Override
  public List<RunSummary> runs(long before, String planName, int limit) {
    return reached().runs(before, planName, limit);
  }
}
