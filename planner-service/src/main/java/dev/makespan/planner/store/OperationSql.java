package dev.makespan.planner.store;

/** The statements of {@link OperationDocuments}; an empty request id stands for none. */
final class OperationSql {

  private OperationSql() {}

  private static final String COLUMNS =
      """
      id, plan_name, plan_version, content_hash, question, state, progress, failure_reason, failure,
      create_time, finish_time, cancel_requested, owners
      """;

  static final String CREATE =
      """
      insert into planner.operation (request_id, plan_name, plan_version, content_hash, question,
        state, owner, lease_until)
      select nullif($1::text, ''), $2::text, $3::int, $4::text, $5::bytea, 'RUNNING', $6::text,
        clock_timestamp() + $7::bigint * interval '1 ms'
      where (select count(*) from planner.operation where state = 'RUNNING') < $8::bigint
      on conflict (request_id) do nothing
      returning id
      """;

  static final String FIND = "select " + COLUMNS + " from planner.operation where id = $1";

  static final String FIND_BY_REQUEST =
      "select " + COLUMNS + " from planner.operation where request_id = $1";

  static final String LIST =
      "select "
          + COLUMNS
          + """
          from planner.operation where ($1::text = '' or plan_name = $1::text) and id < $2
          order by id desc limit $3
          """;

  static final String REQUEST_CANCEL =
      "update planner.operation set cancel_requested = true where id = $1 and state = 'RUNNING'";

  static final String FINISH =
      """
      update planner.operation
      set state = $3, failure_reason = $4, failure = $5, finish_time = clock_timestamp()
      where id = $1 and owner = $2 and state = 'RUNNING'
      """;

  static final String RENEW =
      """
      update planner.operation
      set lease_until = clock_timestamp() + $3::bigint * interval '1 ms', progress = $4
      where id = $1 and owner = $2 and state = 'RUNNING'
      returning cancel_requested
      """;

  static final String ADOPT =
      """
      update planner.operation
      set owner = $1, owners = owners + 1,
        lease_until = clock_timestamp() + $2::bigint * interval '1 ms'
      where id in (
        select id from planner.operation
        where state = 'RUNNING' and lease_until < clock_timestamp()
        order by id limit $3 for update skip locked)
      returning
      """
          + COLUMNS;

  /** Whoever gives an operation up has not died of it. */
  static final String RELEASE =
      """
      update planner.operation
      set owner = '', owners = owners - 1,
        lease_until = clock_timestamp() + $3::bigint * interval '1 ms'
      where id = $1 and owner = $2 and state = 'RUNNING'
      """;

  static final String FORGET =
      """
      delete from planner.operation
      where state <> 'RUNNING' and finish_time < clock_timestamp() - make_interval(days => $1)
      """;
}
