-- Where the owner of a shard is reached; '' of an owner that does not say so.
ALTER TABLE shard ADD COLUMN address text NOT NULL DEFAULT '';

-- The processes that are there, so that each takes its share of the shards and no more.
CREATE TABLE replica (
  name         text        PRIMARY KEY,
  address      text        NOT NULL,
  heartbeat_at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- A start that was asked for: its run's id and shard are settled before anybody decides, so that the
-- same request at two replicas is one run. Needed until the run is there.
CREATE TABLE start_request (
  request_id   text        PRIMARY KEY,
  request_hash bytea       NOT NULL,
  run_id       bigint      NOT NULL,
  shard        integer     NOT NULL,
  reserved_at  timestamptz NOT NULL
);

CREATE INDEX start_request_age ON start_request (reserved_at);

-- What retention drops first.
CREATE INDEX run_finished ON run (finished_at) WHERE finished_at IS NOT NULL;

-- Runs that retention has dropped and that still have events.
CREATE TABLE dropped_run (
  id bigint PRIMARY KEY
);
