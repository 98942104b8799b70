// A Makespan agent for Node, from nothing but the proto files. README.md says how it is started.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const LEASE_MARGIN = 2000; // ms: work is stopped so long before its lease ends unanswered
const MAX_LINE = 4096; // characters of a note or a message that a gateway takes

const { values: options } = parseArgs({
  options: {
    gateway: { type: "string", multiple: true, default: ["localhost:7402"] },
    role: { type: "string", multiple: true, default: [] },
    slots: { type: "string", default: "1" },
    id: { type: "string", default: `node-${process.pid}` },
  },
});

const protos = loadSync("makespan/agent/v1/agent_service.proto", {
  includeDirs: [fileURLToPath(new URL("../../../proto/src/main/proto", import.meta.url))],
  keepCase: true, longs: String, enums: String, defaults: true, oneofs: true,
});
const { AgentService } = grpc.loadPackageDefinition(protos).makespan.agent.v1;

const session = `node-${randomUUID()}`; // outlives its streams
const held = new Map(); // fence -> attempt: accepted, and without a result
const owed = new Map(); // fence -> Result that has no ResultAck yet
let stream = null; // the newest; what older ones say is not heeded
let out = null; // the stream that was welcomed last, until the next says Hello
let older = null; // to be closed when the next is welcomed
let failures = 0;
let draining = false;
let heart = setInterval(beat, 5000);

const millis = (duration) => Number(duration.seconds) * 1000 + duration.nanos / 1e6;
const log = (line) => console.error(`agent.js: ${line}`);
const refs = (map) => [...map.values()].map((one) => one.task);
const freeSlots = () => (draining ? 0 : Math.max(0, Number(options.slots) - held.size - owed.size));

/** Not kept while there is no stream: all that matters is said again after Welcome. */
function say(message) {
  out?.write(message);
}

function tell(attempt, news) {
  attempt.news.push(news);
  say(news);
}

function connect() {
  const gateway = options.gateway[Math.floor(Math.random() * options.gateway.length)];
  const client = new AgentService(gateway, grpc.credentials.createInsecure(), { "grpc.max_receive_message_length": 16 << 20 });
  const mine = client.Connect();
  [stream, older, out] = [mine, out, null];
  mine.on("data", (said) => {
    if (stream !== mine) return;
    if (said.assign?.spec_bytes) fetch(client, said.assign);
    else heard(mine, said);
  });
  mine.on("error", (error) => ended(mine, client, error));
  mine.on("end", () => ended(mine, client, { code: grpc.status.OK, details: "closed by the gateway" }));
  mine.write({
    hello: {
      session_id: session, agent_id: options.id, protocol_version: 1, roles: options.role,
      slots: Number(options.slots), software: "node-example/0.1.0", held: refs(held), unacknowledged: refs(owed),
    },
  });
}

function ended(mine, client, { code, details }) {
  client.close();
  if (stream !== mine) return; // an older one, or said twice
  stream = null;
  log(`the stream ended: ${grpc.status[code]}: ${details}`);
  if (code === grpc.status.ABORTED) process.exit(3); // a newer session of the same agent id is at work
  const refused = code === grpc.status.INVALID_ARGUMENT || code === grpc.status.FAILED_PRECONDITION;
  if (refused && out !== mine) process.exit(2);
  failures = out === mine ? 0 : failures + 1;
  out = null;
  leaveOlder();
  reconnect();
}

/** Full jitter, 1 s doubling to 64 s. */
function reconnect() {
  const [before, most] = [stream, 1000 * 2 ** Math.min(6, Math.max(0, failures - 1))];
  setTimeout(() => stream === before && connect(), Math.random() * most);
}

function leaveOlder() {
  older?.end(); // half-closed: that is how an agent leaves a stream
  older = null;
}

function heard(mine, said) {
  const message = said[said.message];
  switch (said.message) {
    case "welcome":
      [out, failures] = [mine, 0];
      leaveOlder();
      return welcomed(message);
    case "assign":
      return assigned(message);
    case "lease":
      return message.renewed_for ? renew(message.task, message.renewed_for) : abandon(message.task, "the lease is lost");
    case "retract":
      return abandon(message.task, "taken back");
    case "cancel":
      if (held.has(message.task.fence)) return held.get(message.task.fence).stop(millis(message.grace));
      return say({ cancelled: { task: message.task, how: "was not running" } });
    case "result_ack":
      log(`${message.task.task}: ${message.verdict}`);
      owed.delete(message.task.fence);
      say({ capacity: { free_slots: freeSlots() } });
      return leaveIfIdle();
    case "go_away": // the next stream first, then this one is closed
      log(`asked to move: ${message.reason}`);
      return reconnect();
    case "nack":
      return log(`not taken: ${message.reason}`);
  }
}

/** A spec that is too large for the stream. */
function fetch(client, assign) {
  const deadline = Date.now() + 4000;
  client.GetTaskSpec({ session_id: session, task: assign.task }, { deadline }, (error, answer) => {
    if (error) say({ refuse: { task: assign.task, reason: `its spec: ${error.details}`.slice(0, MAX_LINE) } });
    else assigned({ ...assign, spec: answer.spec });
  });
}

function welcomed(welcome) {
  log(`at work as ${options.id}`);
  clearInterval(heart);
  heart = setInterval(beat, millis(welcome.status_interval));
  for (const decision of welcome.held) {
    if (decision.continue) renew(decision.task, welcome.lease);
    else abandon(decision.task, "somebody else has it by now");
  }
  for (const attempt of held.values()) attempt.news.forEach(say);
  for (const result of owed.values()) say({ result });
  if (draining) say({ draining: { reason: "leaving" } });
}

function beat() {
  say({ status: { held: [...refs(held), ...refs(owed)], free_slots: freeSlots() } });
}

function assigned({ task, spec, lease }) {
  if (held.has(task.fence) || owed.has(task.fence)) return;
  if (freeSlots() === 0) return say({ refuse: { task, reason: "no slot is free" } });
  const attempt = { task, spec, news: [], metrics: {}, stopped: false };
  attempt.over = new Promise((over) => (attempt.end = over)); // with the grace between TERM and KILL
  attempt.stop = (grace) => {
    attempt.stopped = true;
    attempt.end(grace);
  };
  held.set(task.fence, attempt);
  renew(task, lease);
  say({ accept: { task } });
  work(attempt);
}

function renew(task, lease) {
  const attempt = held.get(task.fence);
  if (!attempt) return;
  clearTimeout(attempt.guard);
  attempt.guard = setTimeout(abandon, millis(lease) - LEASE_MARGIN, task, "its lease ends without an answer");
}

function abandon(task, reason) {
  const attempt = held.get(task.fence);
  if (!attempt) return;
  log(`stops ${task.task}: ${reason}`);
  clearTimeout(attempt.guard);
  held.delete(task.fence);
  attempt.stop(0);
}

async function work(attempt) {
  const { task, spec } = attempt;
  tell(attempt, { started: { task } });
  const [outcome, message] = await (spec.simulated ? pretend(attempt) : execute(attempt));
  if (!held.delete(task.fence)) return; // it was abandoned: nobody wants to know
  clearTimeout(attempt.guard);
  if (attempt.stopped) {
    say({ cancelled: { task, how: message.slice(0, MAX_LINE) } });
  } else {
    const gates = spec.gates.map((gate) => ({ gate, green: spec.simulated || isGreen(gate) }));
    const result = { task, result_id: `r-${task.fence}`, outcome, message: message.slice(0, MAX_LINE), metrics: attempt.metrics, gates };
    owed.set(task.fence, result);
    say({ result });
  }
  leaveIfIdle();
}

async function pretend(attempt) {
  const { task, spec, metrics } = attempt;
  const start = Date.now();
  const wait = (planTime) => {
    let timer;
    const moment = new Promise((due) => (timer = setTimeout(due, start + millis(planTime) / spec.speed - Date.now())));
    return Promise.race([moment, attempt.over]).finally(() => clearTimeout(timer));
  };
  for (const { milestone, after } of spec.milestones.sort((a, b) => millis(a.after) - millis(b.after))) {
    await wait(after);
    if (!attempt.stopped) tell(attempt, { milestone_reached: { task, milestone } });
  }
  await wait(spec.duration);
  for (const metric of spec.metrics) metrics[metric.name] = metric._min ? metric.min : metric.max;
  return ["OUTCOME_OK", "pretended"];
}

/** Runs a command as a process group. Its lines "progress 50 …", "milestone ID" and "metric NAME=1.5" are passed on. */
async function execute(attempt) {
  const { task, spec } = attempt;
  const argv = { command: spec.command?.argv, script: ["sh", "-c", spec.script] }[spec.work];
  if (!argv) return ["OUTCOME_FATAL", "this agent runs commands and scripts alone"];
  const env = { PATH: process.env.PATH, MAKESPAN_TASK: task.task, ...spec.env };
  const child = spawn("sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], { env, detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const group = (sign) => { try { process.kill(-child.pid, sign); } catch { /* it has ended */ } };
  let [last, ended] = ["", false];
  attempt.over.then((grace) => {
    if (!ended) group("SIGTERM");
    setTimeout(() => ended || group("SIGKILL"), grace);
  });
  createInterface({ input: child.stdout }).on("line", (line) => heed(attempt, (last = line).trim().split(/\s+/)));
  const code = await new Promise((over) => child.on("error", over).on("close", (status, sign) => over(sign ?? status)));
  ended = true;
  return [code === 0 ? "OUTCOME_OK" : "OUTCOME_FAILED", `${code}: ${last}`];
}

function heed(attempt, [word, first, ...rest]) {
  const { task, metrics } = attempt;
  if (word === "progress" && /^\d+$/.test(first)) {
    say({ progress: { task, percent: Math.min(100, Number(first)), note: rest.join(" ").slice(0, MAX_LINE) } });
  } else if (word === "milestone" && first) {
    tell(attempt, { milestone_reached: { task, milestone: first } });
  } else if (word === "metric" && /^[^=]+=-?\d+(\.\d+)?$/.test(first)) {
    metrics[first.split("=")[0]] = Number(first.split("=")[1]);
  }
}

function isGreen(gate) {
  const what = gate.slice(gate.indexOf(": ") + 2);
  return gate.startsWith("file: ") ? existsSync(what) : spawnSync("sh", ["-c", what]).status === 0;
}

function leaveIfIdle() {
  if (!draining || held.size + owed.size > 0) return;
  out?.end();
  setTimeout(() => process.exit(0), 100); // lets what was said leave
}

process.on("SIGTERM", () => {
  draining = true;
  say({ draining: { reason: "leaving" } });
  leaveIfIdle();
});
connect();
