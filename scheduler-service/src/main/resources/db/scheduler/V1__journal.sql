-- A shard is owned by one process at a time; every write names the generation of its ownership.
CREATE SEQUENCE generation;

CREATE TABLE shard (
  id           integer     PRIMARY KEY,
  generation   bigint      NOT NULL,
  owner        text        NOT NULL,
  heartbeat_at timestamptz NOT NULL
) WITH (fillfactor = 10);

INSERT INTO shard (id, generation, owner, heartbeat_at) VALUES (1, 0, '', '-infinity');

CREATE SEQUENCE run_id;

CREATE TABLE run (
  id           bigint      PRIMARY KEY,
  shard        integer     NOT NULL,
  request_id   text        NOT NULL UNIQUE,
  request_hash bytea       NOT NULL,
  plan_name    text        NOT NULL,
  plan_version integer     NOT NULL,
  plan         bytea       NOT NULL,
  parameters   json        NOT NULL,
  simulated    boolean     NOT NULL,
  speed        float8      NOT NULL,
  created_at   timestamptz NOT NULL,
  state        text        NOT NULL,
  reason       text        NOT NULL,
  started_at   timestamptz,
  finished_at  timestamptz
) WITH (fillfactor = 90);

CREATE INDEX run_of_plan ON run (plan_name, id DESC);

-- What a new owner loads; apart from run, so that no index there stands on a column that changes.
CREATE TABLE live_run (
  shard  integer NOT NULL,
  run_id bigint  NOT NULL,
  PRIMARY KEY (shard, run_id)
);

-- The journal: appended to, never changed. The payload is a makespan.run.v1.RunEvent; task and
-- kind (the number of its field there) repeat what it says, for people.
CREATE TABLE event (
  run_id   bigint      NOT NULL,
  position bigint      NOT NULL,
  at       timestamptz NOT NULL,
  kind     smallint    NOT NULL,
  task     text        NOT NULL,
  payload  bytea       NOT NULL,
  PRIMARY KEY (run_id, position)
);
