#!/usr/bin/env python3
"""A Makespan agent in Python, from nothing but the proto files. README.md says how it is started."""

import argparse
import asyncio
import os
import pathlib
import random
import re
import signal
import sys
import time
import uuid

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parent / "generated"))
from makespan.agent.v1 import agent_pb2 as pb, agent_service_pb2 as calls, agent_service_pb2_grpc as service  # noqa: E402

LEASE_MARGIN = 2  # seconds: work is stopped so long before its lease ends unanswered
MAX_LINE = 4096  # characters of a note or a message that a gateway takes


def seconds(duration):
    return duration.seconds + duration.nanos / 1e9


def log(line):
    print("agent.py:", line, file=sys.stderr, flush=True)


async def requests(queue):
    """What a stream says, until None; then it is half-closed, which is how an agent leaves."""
    while (message := await queue.get()) is not None:
        yield message


class Attempt:
    """Accepted, and without a result."""

    def __init__(self, assign):
        self.ref, self.spec = assign.task, assign.spec
        self.news, self.metrics = [], {}  # news: Started and milestones, said again after a Welcome
        self.stop, self.grace, self.guard = asyncio.Event(), 0, None


class Agent:
    def __init__(self, options):
        self.options, self.session = options, f"python-{uuid.uuid4()}"  # the session outlives its streams
        self.held, self.owed = {}, {}  # fence -> Attempt; fence -> Result that has no ResultAck yet
        self.out, self.heart, self.draining = None, None, False  # out: of the stream that was welcomed last
        self.over = asyncio.get_running_loop().create_future()  # the exit code

    async def run(self):
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.drain)
        failures = 0
        while not self.over.done():
            moved = asyncio.get_running_loop().create_future()  # by a GoAway: this stream goes on until the next
            reading = asyncio.create_task(self.stream(moved))
            await asyncio.wait({reading, moved, self.over}, return_when=asyncio.FIRST_COMPLETED)
            failures = failures + 1 if reading.done() and not reading.result() else 0
            pause = random.random() * min(64, 2 ** max(0, failures - 1))  # full jitter, 1 s doubling to 64 s
            await asyncio.wait({self.over}, timeout=pause)
        await asyncio.wait({reading}, timeout=2)
        return self.over.result()

    async def stream(self, moved):
        """One stream to its end. True: it was welcomed."""
        older, self.out, mine, welcomed = self.out, None, asyncio.Queue(), False
        mine.put_nowait(pb.ConnectRequest(hello=self.hello()))
        sizes = [("grpc.max_receive_message_length", 16 << 20)]
        async with grpc.aio.insecure_channel(random.choice(self.options.gateway), sizes) as channel:
            try:
                async for said in service.AgentServiceStub(channel).Connect(requests(mine)):
                    kind = said.WhichOneof("message")
                    if kind == "welcome":
                        welcomed, self.out = True, mine
                        self.leave(older)
                        self.welcomed(said.welcome)
                    elif kind == "go_away" and not moved.done():
                        moved.set_result(log("asked to move: " + said.go_away.reason))
                    elif kind == "assign" and said.assign.spec_bytes:
                        asyncio.create_task(self.fetch(channel, said.assign))
                    elif kind and self.out is mine:  # a stream whose successor has said Hello is not heeded
                        getattr(self, "on_" + kind, lambda message: None)(getattr(said, kind))
            except grpc.aio.AioRpcError as error:
                log(f"the stream ended: {error.code().name}: {error.details()}")
                if error.code().name in ("INVALID_ARGUMENT", "FAILED_PRECONDITION") and not welcomed:
                    self.leave_with(2)
                elif error.code().name == "ABORTED" and self.out is mine:
                    self.leave_with(3)  # a newer session of the same agent id is at work
        self.leave(older)
        if self.out is mine:
            self.out = None
        return welcomed

    def hello(self):
        return pb.Hello(
            session_id=self.session, agent_id=self.options.id, protocol_version=1, roles=self.options.role,
            slots=self.options.slots, software="python-example/0.1.0",
            held=[a.ref for a in self.held.values()], unacknowledged=[r.task for r in self.owed.values()])

    def say(self, **message):
        """Not kept while there is no stream: all that matters is said again after Welcome."""
        if self.out:
            self.out.put_nowait(pb.ConnectRequest(**message))

    def tell(self, attempt, **news):
        attempt.news.append(news)
        self.say(**news)

    def free_slots(self):
        return 0 if self.draining else max(0, self.options.slots - len(self.held) - len(self.owed))

    async def heartbeat(self, interval):
        while True:
            await asyncio.sleep(interval)
            refs = [a.ref for a in self.held.values()] + [r.task for r in self.owed.values()]
            self.say(status=pb.Status(held=refs, free_slots=self.free_slots()))

    def welcomed(self, welcome):
        log(f"at work as {self.options.id}")
        if self.heart:
            self.heart.cancel()
        self.heart = asyncio.create_task(self.heartbeat(seconds(welcome.status_interval)))
        for decision in welcome.held:
            if getattr(decision, "continue"):
                self.renew(decision.task, welcome.lease)
            else:
                self.abandon(decision.task, "somebody else has it by now")
        for news in [news for attempt in self.held.values() for news in attempt.news]:
            self.say(**news)
        for result in self.owed.values():
            self.say(result=result)
        if self.draining:
            self.say(draining=pb.Draining(reason="leaving"))

    async def fetch(self, channel, assign):
        """A spec that is too large for the stream."""
        request = calls.GetTaskSpecRequest(session_id=self.session, task=assign.task)
        try:
            answer = await service.AgentServiceStub(channel).GetTaskSpec(request, timeout=4)
        except grpc.aio.AioRpcError as error:
            self.say(refuse=pb.Refuse(task=assign.task, reason=f"its spec: {error.details()}"))
        else:
            assign.spec.CopyFrom(answer.spec)
            self.on_assign(assign)

    def on_assign(self, assign):
        fence = assign.task.fence
        if fence in self.held or fence in self.owed:
            return
        if not self.free_slots():
            self.say(refuse=pb.Refuse(task=assign.task, reason="no slot is free"))
            return
        attempt = self.held[fence] = Attempt(assign)
        self.renew(attempt.ref, assign.lease)
        self.say(accept=pb.Accept(task=attempt.ref))
        attempt.job = asyncio.create_task(self.work(attempt))

    def on_lease(self, lease):
        if lease.HasField("renewed_for"):
            self.renew(lease.task, lease.renewed_for)
        else:
            self.abandon(lease.task, "the lease is lost")

    def on_retract(self, retract):
        self.abandon(retract.task, "taken back")

    def on_cancel(self, cancel):
        if attempt := self.held.get(cancel.task.fence):
            attempt.grace = seconds(cancel.grace)
            attempt.stop.set()
        else:
            self.say(cancelled=pb.Cancelled(task=cancel.task, how="was not running"))

    def on_result_ack(self, ack):
        log(f"{ack.task.task}: {pb.ResultVerdict.Name(ack.verdict)}")
        self.owed.pop(ack.task.fence, None)
        self.say(capacity=pb.Capacity(free_slots=self.free_slots()))
        self.leave_if_idle()

    def on_nack(self, nack):
        log(f"not taken: {nack.reason}")

    def renew(self, ref, lease):
        if attempt := self.held.get(ref.fence):
            if attempt.guard:
                attempt.guard.cancel()
            attempt.guard = asyncio.get_running_loop().call_later(
                seconds(lease) - LEASE_MARGIN, self.abandon, ref, "its lease ends without an answer")

    def abandon(self, ref, reason):
        if attempt := self.held.pop(ref.fence, None):
            log(f"stops {ref.task}: {reason}")
            attempt.stop.set()

    async def work(self, attempt):
        self.tell(attempt, started=pb.Started(task=attempt.ref))
        try:
            outcome, message = await (self.pretend if attempt.spec.simulated else self.execute)(attempt)
        except (OSError, ValueError) as problem:
            outcome, message = pb.OUTCOME_FATAL, str(problem)
        gates = [] if attempt.stop.is_set() else [await self.gate(attempt, name) for name in attempt.spec.gates]
        attempt.guard.cancel()
        if self.held.pop(attempt.ref.fence, None) is None:
            return  # it was abandoned: nobody wants to know
        if attempt.stop.is_set():
            self.say(cancelled=pb.Cancelled(task=attempt.ref, how=message))
        else:
            result = self.owed[attempt.ref.fence] = pb.Result(
                task=attempt.ref, result_id=f"r-{attempt.ref.fence}", outcome=outcome,
                message=message[:MAX_LINE], metrics=attempt.metrics, gates=gates)
            self.say(result=result)
        self.leave_if_idle()

    async def pretend(self, attempt):
        spec, start = attempt.spec, time.monotonic()
        moments = sorted((seconds(m.after) / spec.speed, m.milestone) for m in spec.milestones)
        for after, milestone in moments + [(seconds(spec.duration) / spec.speed, None)]:
            await asyncio.wait({asyncio.create_task(attempt.stop.wait())}, timeout=max(0, start + after - time.monotonic()))
            if milestone and not attempt.stop.is_set():
                self.tell(attempt, milestone_reached=pb.MilestoneReached(task=attempt.ref, milestone=milestone))
        attempt.metrics = {m.name: m.min if m.HasField("min") else m.max for m in spec.metrics}
        return pb.OUTCOME_OK, "pretended"

    async def execute(self, attempt):
        """Runs the task's command. Its lines "progress 50 …", "milestone ID" and "metric NAME=1.5" are passed on."""
        spec = attempt.spec
        argv = {"command": list(spec.command.argv), "script": ["sh", "-c", spec.script]}.get(spec.WhichOneof("work"))
        if not argv:
            return pb.OUTCOME_FATAL, "this agent runs commands and scripts alone"
        process = await asyncio.create_subprocess_exec(
            *argv, env={"PATH": os.environ["PATH"], "MAKESPAN_TASK": attempt.ref.task, **spec.env}, limit=1 << 24,
            start_new_session=True, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
        stopper, last = asyncio.create_task(self.stop(attempt, process)), ""
        async for line in process.stdout:
            last = line.decode(errors="replace").strip() or last
            self.heed(attempt, last.split(maxsplit=2))
        code = await process.wait()
        stopper.cancel()
        return (pb.OUTCOME_OK if code == 0 else pb.OUTCOME_FAILED), f"exit code {code}: {last}"

    async def stop(self, attempt, process):
        """A command is a process group: TERM, grace, KILL."""
        await attempt.stop.wait()
        os.killpg(process.pid, signal.SIGTERM)
        await asyncio.sleep(attempt.grace)
        os.killpg(process.pid, signal.SIGKILL)

    def heed(self, attempt, words):
        match words:
            case ["progress", percent, *note] if percent.isdecimal():
                note = (note or [""])[0][:MAX_LINE]
                self.say(progress=pb.Progress(task=attempt.ref, percent=min(100, int(percent)), note=note))
            case ["milestone", name]:
                self.tell(attempt, milestone_reached=pb.MilestoneReached(task=attempt.ref, milestone=name))
            case ["metric", text] if re.fullmatch(r"[^=]+=-?[0-9]+(\.[0-9]+)?", text):
                attempt.metrics[text.split("=")[0]] = float(text.split("=")[1])

    async def gate(self, attempt, name):
        kind, _, what = name.partition(": ")
        if attempt.spec.simulated:
            return pb.GateReport(gate=name, green=True, report="pretended")
        if kind == "file":
            return pb.GateReport(gate=name, green=os.path.exists(what))
        process = await asyncio.create_subprocess_exec("sh", "-c", what)
        return pb.GateReport(gate=name, green=await process.wait() == 0)

    def drain(self):
        self.draining = True
        self.say(draining=pb.Draining(reason="leaving"))
        self.leave_if_idle()

    def leave_if_idle(self):
        if self.draining and not self.held and not self.owed:
            self.leave_with(0)

    def leave_with(self, code):
        self.leave(self.out)
        if not self.over.done():
            self.over.set_result(code)

    @staticmethod
    def leave(stream):
        if stream:
            stream.put_nowait(None)


async def main():
    parser = argparse.ArgumentParser(description="A Makespan agent that runs commands and scripts.")
    parser.add_argument("--gateway", action="append", help="HOST:PORT; again for more")
    parser.add_argument("--role", action="append", required=True, help="what it can do; again for more")
    parser.add_argument("--slots", type=int, default=1, help="tasks at once")
    parser.add_argument("--id", default=f"python-{os.getpid()}", help="its name, unique among agents")
    options = parser.parse_args()
    options.gateway = options.gateway or ["localhost:7402"]
    return await Agent(options).run()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
