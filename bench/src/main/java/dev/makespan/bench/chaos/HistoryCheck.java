package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Happening.Acked;
import dev.makespan.bench.chaos.Happening.Assigned;
import dev.makespan.bench.chaos.Happening.Attempt;
import dev.makespan.bench.chaos.Happening.CancelAnswered;
import dev.makespan.bench.chaos.Happening.StartAnswered;
import dev.makespan.bench.chaos.Happening.Verdict;
import dev.makespan.bench.chaos.JournalCheck.LeaseTrack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what agents and clients were told against the journal, which must have been read after they
 * were told: what is said is durable before. Of one thread.
 */
final class HistoryCheck {

  private final JournalCheck journal;
  private final Evidence evidence;
  private final Map<String, Long> runs = new HashMap<>();
  private final Map<String, Attempt> completions = new HashMap<>();

  HistoryCheck(JournalCheck journal, Evidence evidence) {
    this.journal = journal;
    this.evidence = evidence;
  }

  void see(List<Happening> happenings) {
    happenings.forEach(this::see);
  }

  private void see(Happening happening) {
    switch (happening) {
      case Assigned assigned -> assigned(assigned);
      case Acked acked -> acked(acked);
      case StartAnswered answered -> answered(answered);
      case CancelAnswered cancelled ->
          evidence.look(
              Promise.CANCEL_WINS,
              journal.isCancelling(cancelled.run()),
              "the cancel of run %d was answered and is not in the journal",
              cancelled.run());
    }
  }

  private void assigned(Assigned assigned) {
    LeaseTrack lease = journal.findLease(assigned.attempt());
    evidence.look(
        Promise.DURABLE_FIRST,
        lease != null && lease.agent.equals(assigned.agent()),
        "%s was assigned %s, and the journal says %s",
        assigned.agent(),
        assigned.attempt(),
        lease == null ? "nothing" : lease.agent);
    evidence.look(
        Promise.CAPS,
        assigned.unfinished() <= assigned.slots(),
        "%s has %d assignments on %d slots",
        assigned.agent(),
        assigned.unfinished(),
        assigned.slots());
  }

  private void acked(Acked acked) {
    if (acked.verdict() != Verdict.COMMITTED && acked.verdict() != Verdict.DUPLICATE) {
      return;
    }
    LeaseTrack lease = journal.findLease(acked.attempt());
    evidence.look(
        Promise.NO_RESULT_LOST,
        lease != null && lease.result.equals(acked.result()),
        "%s was told %s of result %s of %s, and the journal holds %s",
        acked.agent(),
        acked.verdict(),
        acked.result(),
        acked.attempt(),
        lease == null ? "no such lease" : "result '" + lease.result + "'");
    if (acked.ok()) {
      String task = acked.attempt().run() + "/" + acked.attempt().task();
      Attempt first = completions.putIfAbsent(task, acked.attempt());
      evidence.look(
          Promise.NO_RESULT_LOST,
          first == null || first.equals(acked.attempt()),
          "two good results of one task were taken: %s and %s",
          first,
          acked.attempt());
    }
  }

  private void answered(StartAnswered answered) {
    Long first = runs.putIfAbsent(answered.request(), answered.run());
    evidence.look(
        Promise.SAME_ANSWER,
        (first == null || first == answered.run()) && journal.knows(answered.run()),
        "request %s was answered with run %d, before with %s; the journal %s it",
        answered.request(),
        answered.run(),
        first,
        journal.knows(answered.run()) ? "has" : "has not");
  }

  /** The runs that clients were told of. */
  List<Long> runs() {
    return runs.values().stream().distinct().sorted().toList();
  }
}
