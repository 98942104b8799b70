-- A version of a plan never changes; its file stands beside it, so that lists need not read files.
CREATE TABLE plan_version (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text        NOT NULL,
  version      integer     NOT NULL CHECK (version > 0),
  title        text        NOT NULL,
  task_count   integer     NOT NULL,
  content_hash text        NOT NULL,
  create_time  timestamptz NOT NULL,
  UNIQUE (name, version)
);

CREATE TABLE plan_source (
  plan_version_id bigint PRIMARY KEY REFERENCES plan_version,
  file_name       text  NOT NULL,
  content         bytea NOT NULL
);

-- Which version a request was answered with, and what the request said.
CREATE TABLE create_request (
  request_id      text   PRIMARY KEY,
  request_hash    text   NOT NULL,
  plan_version_id bigint NOT NULL REFERENCES plan_version
);

-- The report of a finished run as the message makespan.run.v1.RunReport.
CREATE TABLE run_report (
  run_id      bigint PRIMARY KEY,
  document    bytea       NOT NULL,
  create_time timestamptz NOT NULL
);
