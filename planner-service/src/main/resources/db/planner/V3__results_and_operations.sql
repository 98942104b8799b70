-- What a question about a file was answered with, as the message makespan.plan.v1.Result.
CREATE TABLE plan_result (
  key         text        PRIMARY KEY,
  document    bytea       NOT NULL,
  size        bigint      NOT NULL,
  create_time timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX plan_result_by_time ON plan_result (create_time);

-- Computations that go on without their callers. One that runs belongs to an owner until lease_until.
CREATE TABLE operation (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request_id       text UNIQUE,
  plan_name        text        NOT NULL,
  plan_version     integer     NOT NULL,
  content_hash     text        NOT NULL,
  question         bytea       NOT NULL,
  state            text        NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  progress         bytea       NOT NULL DEFAULT '',
  failure_reason   text        NOT NULL DEFAULT '',
  failure          text        NOT NULL DEFAULT '',
  owner            text        NOT NULL,
  owners           integer     NOT NULL DEFAULT 1,
  lease_until      timestamptz NOT NULL,
  cancel_requested boolean     NOT NULL DEFAULT false,
  create_time      timestamptz NOT NULL DEFAULT clock_timestamp(),
  finish_time      timestamptz
);
CREATE INDEX operation_running ON operation (lease_until) WHERE state = 'RUNNING';
CREATE INDEX operation_by_plan ON operation (plan_name, id);
CREATE INDEX operation_finished ON operation (finish_time) WHERE state <> 'RUNNING';
