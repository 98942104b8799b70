package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.dispatch.Shard;
import dev.makespan.core.dispatch.ShardInput;
import dev.makespan.core.dispatch.Situation;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.GroupCommit.Origin;
import dev.makespan.scheduler.GroupCommit.Release;
import dev.makespan.scheduler.Mail.Recalled;
import dev.makespan.scheduler.Mail.Standings;
import dev.makespan.scheduler.Mail.Subscribed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One ownership of a shard, from the claim to the loss: takes mail, decides, and lets go what is
 * durable. One thread owns it; only its mailbox is shared.
 */
final class Tenure {

  /** Finished runs that are kept in memory, so that results said twice are known. */
  static final int MAX_FINISHED_RUNS = 100;

  private static final String COME_BACK = "another run came back meanwhile; call again";

  private final Ownership ownership;
  private final Shard shard;
  private final ShardClock clock;
  private final Mailbox mailbox;
  private final GroupCommit commits;
  private final LinkDesk links = new LinkDesk(this::decide);
  private final Meters meters;
  private final Watches watches = new Watches();
  private final ArrayDeque<RunId> finished = new ArrayDeque<>();
  private long comebacks;
  private boolean stopping;
  private @Nullable String end;

  Tenure(
      Ownership ownership,
      Shard shard,
      ShardClock clock,
      Mailbox mailbox,
      Consumer<Group> writer,
      BooleanSupplier ownershipIsFresh,
      Meters meters) {
    this.ownership = ownership;
    this.shard = shard;
    this.clock = clock;
    this.mailbox = mailbox;
    this.meters = meters;
    this.commits = new GroupCommit(writer, ownershipIsFresh, this::release);
  }

  /** An event of a run that was live before this ownership. */
  void restored(RunEvent event) {
    commits.restored(event);
  }

  /** A run that was live, as all of its events have made it. */
  void restore(Run run) {
    shard.restore(run, clock.now());
    commits.restored();
    watches.live(run.spec().id(), run.position());
  }

  /** Serves until the shard is lost or the process stops; why it ended. */
  String serve() throws InterruptedException {
    while (end == null) {
      step();
    }
    return end;
  }

  /** Takes one thing and does what follows. */
  void step() throws InterruptedException {
    switch (mailbox.take(mayDecide(), patience())) {
      case Mailbox.Next.OfSignal next -> signalled(next.signal());
      case Mailbox.Next.OfMail next -> take(next.mail());
      case Mailbox.Next.Nothing _ -> {}
    }
    if (end == null) {
      tick();
      commits.flush();
      stopWhenIdle();
    }
  }

  private boolean mayDecide() {
    return !stopping && !commits.isFull();
  }

  private @Nullable Duration patience() {
    Instant deadline = mayDecide() ? shard.nextDeadline() : null;
    return deadline == null ? null : Duration.between(clock.now(), deadline);
  }

  private void tick() {
    Instant deadline = mayDecide() ? shard.nextDeadline() : null;
    if (deadline != null && !deadline.isAfter(clock.now())) {
      decide(new ShardInput.Tick(), null);
    }
  }

  private void stopWhenIdle() {
    if (stopping && commits.isIdle()) {
      end = "the scheduler is stopping";
    }
  }

  private void signalled(Signal signal) {
    switch (signal) {
      case Signal.Durable durable -> commits.durable(durable.group());
      case Signal.Lost lost -> end = lost.reason();
      case Signal.Stop _ -> stopping = true;
    }
  }

  private void take(Mail mail) {
    switch (mail) {
      case Mail.Change m -> change(m);
      case Mail.Recall m -> {
        Recalled recalled = recall(m.run());
        commits.reply(() -> m.answer().complete(recalled), r -> Mail.abandon(m, r));
      }
      case Mail.Reopen m -> reopen(m);
      case Mail.Look m -> reply(m, look(m.run()));
      case Mail.Ask m -> {
        Standings standings = standings(m.run());
        commits.reply(() -> m.answer().complete(standings), r -> Mail.abandon(m, r));
      }
      case Mail.Subscribe m ->
          commits.reply(() -> m.answer().complete(subscribe(m.watch())), r -> Mail.abandon(m, r));
      case Mail.ListAgents m -> {
        Mail.AgentsSeen seen = new Mail.AgentsSeen.Known(agents());
        commits.reply(() -> m.answer().complete(seen), r -> Mail.abandon(m, r));
      }
      case Mail.PauseAgents m -> {
        pause(m.all());
        commits.reply(() -> m.answer().complete(true), r -> Mail.abandon(m, r));
      }
      case Mail.LinkOpened m -> links.opened(m.link(), ownership.generation());
      case Mail.LinkSays m -> links.said(m.link(), m.input());
      case Mail.LinkEnded m -> links.ended(m.link(), m.reason());
    }
  }

  /** These take no new work, and nobody else. */
  void pause(List<AgentPause> all) {
    decide(new ShardInput.AgentsPaused(all), null);
  }

  private List<AgentHere> agents() {
    return shard.agents().stream()
        .map(agent -> new AgentHere(agent, links.gatewayOf(agent.session()), ownership.shard()))
        .toList();
  }

  private void change(Mail.Change m) {
    if (m.started() != null && shard.findRun(m.run()) != null) {
      // The same start was decided at another replica meanwhile.
      RunAnswer found = lookAfterChange(m.run(), Set.of());
      commits.reply(() -> m.answer().complete(found), reason -> Mail.abandon(m, reason));
      return;
    }
    RunAnswer answer =
        switch (shard.handle(m.input(), clock.now())) {
          case Outcome.Step step -> {
            commits.add(step, m.started(), null);
            yield lookAfterChange(m.run(), tasksOf(m.input()));
          }
          case Outcome.Refused refused -> new RunAnswer.Refused(refused);
        };
    commits.reply(() -> m.answer().complete(answer), reason -> Mail.abandon(m, reason));
  }

  private Recalled recall(RunId run) {
    return shard.findRun(run) == null ? new Recalled.Away(comebacks) : new Recalled.Here();
  }

  /**
   * What was read from the journal may be old by now if any run has come back since: then it is to
   * be read again.
   */
  private void reopen(Mail.Reopen m) {
    RunId id = m.run().spec().id();
    boolean away = shard.findRun(id) == null;
    if (away && m.comebacks() != comebacks) {
      commits.reply(
          () -> m.answer().complete(new RunAnswer.Unavailable(COME_BACK)),
          reason -> Mail.abandon(m, reason));
      return;
    }
    RunAnswer answer =
        switch (shard.handle(new ShardInput.ReopenRun(m.run(), m.command()), clock.now())) {
          case Outcome.Step step -> {
            comebacks += away ? 1 : 0;
            commits.add(step, null, null);
            Set<TaskId> about = tasksOf(m.command());
            yield shard.findRun(id) == null
                ? new RunAnswer.Found(m.run().viewOfChange(about))
                : lookAfterChange(id, about);
          }
          case Outcome.Refused refused -> new RunAnswer.Refused(refused);
        };
    commits.reply(() -> m.answer().complete(answer), reason -> Mail.abandon(m, reason));
  }

  private void reply(Mail.Look m, RunAnswer answer) {
    commits.reply(() -> m.answer().complete(answer), reason -> Mail.abandon(m, reason));
  }

  private RunAnswer look(RunId id) {
    Run run = shard.findRun(id);
    return run == null ? new RunAnswer.NoSuchRun(id) : new RunAnswer.Found(run.view(clock.now()));
  }

  private RunAnswer lookAfterChange(RunId id, Set<TaskId> about) {
    Run run = shard.findRun(id);
    return run == null ? new RunAnswer.NoSuchRun(id) : new RunAnswer.Found(run.viewOfChange(about));
  }

  private static Set<TaskId> tasksOf(ShardInput input) {
    return input instanceof ShardInput.ChangeRun change ? tasksOf(change.command()) : Set.of();
  }

  private static Set<TaskId> tasksOf(RunCommand command) {
    return command instanceof RunCommand.OnTask onTask ? Set.of(onTask.task()) : Set.of();
  }

  private Standings standings(RunId id) {
    Situation situation = shard.findSituation(id, clock.now());
    return situation == null ? new Standings.NoSuchRun() : new Standings.Known(situation);
  }

  private Subscribed subscribe(Watch watch) {
    Long position = watches.add(watch);
    return position == null ? new Subscribed.NotLive() : new Subscribed.After(position);
  }

  private void decide(ShardInput input, @Nullable Origin origin) {
    switch (shard.handle(input, clock.now())) {
      case Outcome.Step step -> commits.add(step, null, origin);
      case Outcome.Refused _ -> {}
    }
  }

  private void release(Release release) {
    switch (release) {
      case Release.Reply reply -> reply.answer().run();
      case Release.Consequences c -> {
        meters.released(c.events());
        watches.publish(c.events());
        c.effects().forEach(effect -> links.perform(effect, c.origin()));
        c.events().forEach(this::forgetLater);
      }
    }
  }

  private void forgetLater(RunEvent event) {
    if (event.change() instanceof RunEvent.RunFinished) {
      finished.add(event.run());
      if (finished.size() > MAX_FINISHED_RUNS) {
        shard.forget(finished.remove());
      }
    }
  }

  /** The shard is ours. From any thread. */
  void beat() {
    links.beat();
  }

  /** Whoever waits for anything is told that it will not come from here. */
  void close(String reason) {
    mailbox.close().forEach(mail -> Mail.abandon(mail, reason));
    commits.abandon(reason);
    watches.endAll();
    links.lost(reason);
  }
}
