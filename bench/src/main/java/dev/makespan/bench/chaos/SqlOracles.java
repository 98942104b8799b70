package dev.makespan.bench.chaos;

import java.sql.SQLException;
import java.util.List;

/**
 * Questions to the tables that must have no answer. They know nothing of events' contents but their
 * kind's number in the contract.
 */
final class SqlOracles {

  private record Oracle(Promise promise, String question) {}

  /** TaskDone is 27, RunFinished 12, RunStarted 10. */
  private static final List<Oracle> ALWAYS =
      List.of(
          new Oracle(
              Promise.ONE_COMPLETION,
              "SELECT run_id || '/' || task FROM scheduler.event WHERE kind = 27"
                  + " GROUP BY run_id, task HAVING count(*) > 1"),
          new Oracle(
              Promise.NO_GAP,
              "SELECT run_id FROM scheduler.event GROUP BY run_id"
                  + " HAVING count(*) <> max(position) OR min(position) <> 1"),
          new Oracle(
              Promise.ROWS_AGREE,
              "SELECT r.id FROM scheduler.run r LEFT JOIN scheduler.live_run l ON l.run_id = r.id"
                  + " WHERE (r.finished_at IS NULL) <> (l.run_id IS NOT NULL)"),
          new Oracle(
              Promise.ROWS_AGREE,
              "SELECT r.id FROM scheduler.run r LEFT JOIN scheduler.event e"
                  + " ON e.run_id = r.id AND e.kind = 12"
                  + " WHERE (r.finished_at IS NULL) <> (e.run_id IS NULL)"),
          new Oracle(
              Promise.ROWS_AGREE,
              "SELECT r.id FROM scheduler.run r WHERE NOT EXISTS (SELECT FROM scheduler.event e"
                  + " WHERE e.run_id = r.id AND e.position = 1 AND e.kind = 10)"),
          new Oracle(
              Promise.FENCES_GROW,
              "SELECT generation FROM scheduler.shard WHERE generation > 0"
                  + " GROUP BY generation HAVING count(*) > 1"));

  private SqlOracles() {}

  static void ask(JournalTail journal, Evidence evidence) throws SQLException {
    for (Oracle oracle : ALWAYS) {
      List<String> answers = journal.ask(oracle.question());
      evidence.look(
          oracle.promise(),
          answers.isEmpty(),
          "the tables answer %s to: %s",
          answers.stream().limit(5).toList(),
          oracle.question());
    }
  }
}
