// A Makespan agent in Go, from nothing but the proto files. README.md says how it is started.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "makespan.dev/examples/agent/generated/makespan/agent/v1"
)

const (
	leaseMargin = 2 * time.Second // work is stopped so long before its lease ends unanswered
	maxLine     = 4096            // bytes of a note or a message; a gateway takes as many characters
)

type stream = grpc.BidiStreamingClient[pb.ConnectRequest, pb.ConnectResponse]

// attempt is what was accepted and has no result.
type attempt struct {
	ref     *pb.TaskRef
	spec    *pb.TaskSpec
	news    []*pb.ConnectRequest // Started and milestones, said again after a Welcome
	metrics map[string]float64
	guard   *time.Timer
	stop    chan time.Duration // the grace between TERM and KILL
	stopped bool
}

// agent is owned by the one goroutine that runs its loop; everybody else sends it functions.
type agent struct {
	loop     chan func()
	gateways []string
	hello    *pb.Hello // its session outlives its streams
	held     map[int64]*attempt
	owed     map[int64]*pb.Result // until its ResultAck
	out      stream               // the stream that was welcomed last
	older    stream               // asked to move; closed when the next one is welcomed
	streams  int                  // counts them: what an older one says is not heeded
	failures int
	heart    *time.Ticker
	draining bool
}

func (a *agent) run() {
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	a.connect()
	for {
		select {
		case event := <-a.loop:
			event()
		case <-a.heart.C:
			a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Status{Status: &pb.Status{Held: append(a.heldRefs(), a.owedRefs()...), FreeSlots: a.free()}}})
		case <-terminated:
			a.draining = true
			a.say(draining())
			a.leaveIfIdle()
		}
	}
}

// connect opens the next stream; what the one before says is not heeded from here on.
func (a *agent) connect() {
	a.streams++
	number, gateway := a.streams, a.gateways[rand.IntN(len(a.gateways))]
	a.older, a.out = a.out, nil
	a.hello.Held, a.hello.Unacknowledged = a.heldRefs(), a.owedRefs()
	hello := &pb.ConnectRequest{Message: &pb.ConnectRequest_Hello{Hello: a.hello}}
	channel, err := grpc.NewClient(gateway, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	go func() {
		defer channel.Close()
		opened, err := pb.NewAgentServiceClient(channel).Connect(context.Background())
		if err == nil {
			_ = opened.Send(hello) // io.EOF: Recv says why
		}
		for err == nil {
			var said *pb.ConnectResponse
			if said, err = opened.Recv(); err == nil {
				refusal := fetchSpec(channel, a.hello.SessionId, said.GetAssign())
				a.loop <- func() {
					if refusal != nil {
						a.say(refusal)
					} else {
						a.heard(number, opened, said)
					}
				}
			}
		}
		a.loop <- func() { a.ended(number, err) }
	}()
}

// fetchSpec fills in a spec that is too large for the stream, or answers a refusal.
func fetchSpec(channel *grpc.ClientConn, session string, assign *pb.Assign) *pb.ConnectRequest {
	if assign.GetSpecBytes() == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	request := &pb.GetTaskSpecRequest{SessionId: session, Task: assign.Task}
	answer, err := pb.NewAgentServiceClient(channel).GetTaskSpec(ctx, request, grpc.MaxCallRecvMsgSize(16<<20))
	if err != nil {
		return refused(assign.Task, "its spec: "+status.Convert(err).Message())
	}
	assign.Spec = answer.Spec
	return nil
}

func (a *agent) heard(number int, from stream, said *pb.ConnectResponse) {
	if number != a.streams {
		return
	}
	switch m := said.Message.(type) {
	case *pb.ConnectResponse_Welcome:
		a.out, a.failures = from, 0
		leave(&a.older)
		a.welcomed(m.Welcome)
	case *pb.ConnectResponse_Assign:
		a.assigned(m.Assign)
	case *pb.ConnectResponse_Lease:
		if m.Lease.RenewedFor != nil {
			a.renew(m.Lease.Task, m.Lease.RenewedFor)
		} else {
			a.abandon(m.Lease.Task, "the lease is lost")
		}
	case *pb.ConnectResponse_Retract:
		a.abandon(m.Retract.Task, "taken back")
	case *pb.ConnectResponse_Cancel:
		if held := a.held[m.Cancel.Task.Fence]; held != nil {
			held.end(m.Cancel.Grace.AsDuration())
		} else {
			a.say(cancelled(m.Cancel.Task, "was not running"))
		}
	case *pb.ConnectResponse_ResultAck:
		log.Printf("%s: %s", m.ResultAck.Task.Task, m.ResultAck.Verdict)
		delete(a.owed, m.ResultAck.Task.Fence)
		a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Capacity{Capacity: &pb.Capacity{FreeSlots: a.free()}}})
		a.leaveIfIdle()
	case *pb.ConnectResponse_GoAway: // the next stream first, then this one is closed
		log.Printf("asked to move: %s", m.GoAway.Reason)
		a.reconnect()
	case *pb.ConnectResponse_Nack:
		log.Printf("not taken: %s", m.Nack.Reason)
	}
}

// ended hears of every stream; only the newest one's end matters.
func (a *agent) ended(number int, err error) {
	if number != a.streams {
		return
	}
	log.Printf("the stream ended: %v", err)
	code, welcomed := status.Code(err), a.out != nil
	switch {
	case code == codes.Aborted:
		os.Exit(3) // a newer session of the same agent id is at work
	case !welcomed && (code == codes.InvalidArgument || code == codes.FailedPrecondition):
		os.Exit(2)
	case !welcomed:
		a.failures++
	}
	a.out = nil
	leave(&a.older)
	a.reconnect()
}

// reconnect waits with full jitter, 1 s doubling to 64 s.
func (a *agent) reconnect() {
	number := a.streams
	most := time.Second << min(6, max(0, a.failures-1))
	time.AfterFunc(rand.N(most), func() {
		a.loop <- func() {
			if number == a.streams {
				a.connect()
			}
		}
	})
}

// say forgets what is said while there is no stream: all that matters is said again after Welcome.
func (a *agent) say(message *pb.ConnectRequest) {
	if a.out != nil {
		_ = a.out.Send(message) // io.EOF: Recv says why
	}
}

func (a *agent) tell(at *attempt, news *pb.ConnectRequest) {
	at.news = append(at.news, news)
	a.say(news)
}

func (a *agent) welcomed(welcome *pb.Welcome) {
	log.Printf("at work as %s", a.hello.AgentId)
	a.heart.Reset(welcome.StatusInterval.AsDuration())
	for _, decision := range welcome.Held {
		if decision.Continue {
			a.renew(decision.Task, welcome.Lease)
		} else {
			a.abandon(decision.Task, "somebody else has it by now")
		}
	}
	for _, at := range a.held {
		for _, news := range at.news {
			a.say(news)
		}
	}
	for _, result := range a.owed {
		a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Result{Result: result}})
	}
	if a.draining {
		a.say(draining())
	}
}

func (a *agent) assigned(assign *pb.Assign) {
	fence := assign.Task.Fence
	if a.held[fence] != nil || a.owed[fence] != nil {
		return
	}
	if a.free() == 0 {
		a.say(refused(assign.Task, "no slot is free"))
		return
	}
	at := &attempt{ref: assign.Task, spec: assign.Spec, metrics: map[string]float64{}, stop: make(chan time.Duration, 1)}
	a.held[fence] = at
	a.renew(at.ref, assign.Lease)
	a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Accept{Accept: &pb.Accept{Task: at.ref}}})
	a.tell(at, &pb.ConnectRequest{Message: &pb.ConnectRequest_Started{Started: &pb.Started{Task: at.ref}}})
	go func() {
		outcome, message := a.work(at)
		gates := gatesOf(at.spec, outcome)
		a.loop <- func() { a.finished(at, outcome, message, gates) }
	}()
}

func (a *agent) renew(ref *pb.TaskRef, lease *durationpb.Duration) {
	at := a.held[ref.Fence]
	if at == nil {
		return
	}
	if at.guard != nil {
		at.guard.Stop()
	}
	at.guard = time.AfterFunc(lease.AsDuration()-leaseMargin, func() {
		a.loop <- func() { a.abandon(ref, "its lease ends without an answer") }
	})
}

func (a *agent) abandon(ref *pb.TaskRef, reason string) {
	if at := a.held[ref.Fence]; at != nil {
		log.Printf("stops %s: %s", ref.Task, reason)
		delete(a.held, ref.Fence)
		at.end(0)
	}
}

func (at *attempt) end(grace time.Duration) {
	at.guard.Stop()
	if !at.stopped {
		at.stopped = true
		at.stop <- grace
	}
}

func (a *agent) finished(at *attempt, outcome pb.Outcome, message string, gates []*pb.GateReport) {
	if a.held[at.ref.Fence] != at {
		return // it was abandoned: nobody wants to know
	}
	delete(a.held, at.ref.Fence)
	at.guard.Stop()
	if at.stopped {
		a.say(cancelled(at.ref, message))
	} else {
		result := &pb.Result{Task: at.ref, ResultId: fmt.Sprintf("r-%d", at.ref.Fence), Outcome: outcome, Message: line(message), Metrics: at.metrics, Gates: gates}
		a.owed[at.ref.Fence] = result
		a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Result{Result: result}})
	}
	a.leaveIfIdle()
}

// work does a task, in a goroutine of its own.
func (a *agent) work(at *attempt) (pb.Outcome, string) {
	switch work := at.spec.Work.(type) {
	case *pb.TaskSpec_Command:
		if !at.spec.Simulated {
			return a.execute(at, work.Command.Argv)
		}
	case *pb.TaskSpec_Script:
		if !at.spec.Simulated {
			return a.execute(at, []string{"sh", "-c", work.Script})
		}
	}
	if !at.spec.Simulated {
		return pb.Outcome_OUTCOME_FATAL, "this agent runs commands and scripts alone"
	}
	return a.pretend(at)
}

func (a *agent) pretend(at *attempt) (pb.Outcome, string) {
	start := time.Now()
	until := func(planTime *durationpb.Duration) bool {
		moment := start.Add(time.Duration(float64(planTime.AsDuration()) / at.spec.Speed))
		select {
		case <-at.stop:
			return false
		case <-time.After(time.Until(moment)):
			return true
		}
	}
	milestones := at.spec.Milestones
	sort.Slice(milestones, func(i, j int) bool {
		return milestones[i].After.AsDuration() < milestones[j].After.AsDuration()
	})
	for _, milestone := range milestones {
		if !until(milestone.After) {
			return pb.Outcome_OUTCOME_FAILED, "stopped pretending"
		}
		a.loop <- func() { a.tell(at, reached(at.ref, milestone.Milestone)) }
	}
	until(at.spec.Duration)
	for _, metric := range at.spec.Metrics {
		at.metrics[metric.Name] = metric.GetMin()
		if metric.Min == nil {
			at.metrics[metric.Name] = metric.GetMax()
		}
	}
	return pb.Outcome_OUTCOME_OK, "pretended"
}

// execute runs argv as a process group. Its lines "progress 50 …", "milestone ID" and "metric NAME=1.5" are passed on.
func (a *agent) execute(at *attempt, argv []string) (pb.Outcome, string) {
	command := exec.Command(argv[0], argv[1:]...)
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "MAKESPAN_TASK=" + at.ref.Task}
	for name, value := range at.spec.Env {
		command.Env = append(command.Env, name+"="+value)
	}
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	output, err := command.StdoutPipe()
	command.Stderr = command.Stdout
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		return pb.Outcome_OUTCOME_FATAL, err.Error()
	}
	over := make(chan struct{})
	go stopWhenAsked(at.stop, over, command.Process.Pid)
	last := ""
	lines := bufio.NewScanner(output)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		last = lines.Text()
		a.heed(at, strings.Fields(last))
	}
	_, _ = io.Copy(io.Discard, output)
	err = command.Wait()
	close(over)
	if err != nil {
		return pb.Outcome_OUTCOME_FAILED, fmt.Sprintf("%v: %s", err, last)
	}
	return pb.Outcome_OUTCOME_OK, last
}

func stopWhenAsked(stop <-chan time.Duration, over <-chan struct{}, group int) {
	select {
	case grace := <-stop:
		_ = syscall.Kill(-group, syscall.SIGTERM)
		select {
		case <-over:
		case <-time.After(grace):
			_ = syscall.Kill(-group, syscall.SIGKILL)
		}
	case <-over:
	}
}

func (a *agent) heed(at *attempt, words []string) {
	switch {
	case len(words) >= 2 && words[0] == "progress":
		if percent, err := strconv.Atoi(words[1]); err == nil && percent >= 0 {
			note := line(strings.Join(words[2:], " "))
			progress := &pb.Progress{Task: at.ref, Percent: int32(min(100, percent)), Note: note}
			a.loop <- func() { a.say(&pb.ConnectRequest{Message: &pb.ConnectRequest_Progress{Progress: progress}}) }
		}
	case len(words) == 2 && words[0] == "milestone":
		a.loop <- func() { a.tell(at, reached(at.ref, words[1])) }
	case len(words) == 2 && words[0] == "metric":
		name, text, _ := strings.Cut(words[1], "=")
		if value, err := strconv.ParseFloat(text, 64); err == nil {
			at.metrics[name] = value
		}
	}
}

func gatesOf(spec *pb.TaskSpec, outcome pb.Outcome) (reports []*pb.GateReport) {
	for _, gate := range spec.Gates {
		kind, what, _ := strings.Cut(gate, ": ")
		green := spec.Simulated
		if !green && outcome == pb.Outcome_OUTCOME_OK && kind == "file" {
			_, err := os.Stat(what)
			green = err == nil
		} else if !green && outcome == pb.Outcome_OUTCOME_OK {
			green = exec.Command("sh", "-c", what).Run() == nil
		}
		reports = append(reports, &pb.GateReport{Gate: gate, Green: green})
	}
	return reports
}

func (a *agent) heldRefs() (refs []*pb.TaskRef) {
	for _, at := range a.held {
		refs = append(refs, at.ref)
	}
	return refs
}

func (a *agent) owedRefs() (refs []*pb.TaskRef) {
	for _, result := range a.owed {
		refs = append(refs, result.Task)
	}
	return refs
}

func (a *agent) free() int32 {
	if a.draining {
		return 0
	}
	return max(0, a.hello.Slots-int32(len(a.held)+len(a.owed)))
}

func (a *agent) leaveIfIdle() {
	if a.draining && len(a.held)+len(a.owed) == 0 {
		leave(&a.out)
		time.Sleep(100 * time.Millisecond) // lets what was said leave
		os.Exit(0)
	}
}

// leave half-closes a stream, which is how an agent says that it has left it.
func leave(stream *stream) {
	if *stream != nil {
		_ = (*stream).CloseSend()
		*stream = nil
	}
}

func line(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), maxLine)], "")
}

func draining() *pb.ConnectRequest {
	return &pb.ConnectRequest{Message: &pb.ConnectRequest_Draining{Draining: &pb.Draining{Reason: "leaving"}}}
}

func refused(ref *pb.TaskRef, reason string) *pb.ConnectRequest {
	return &pb.ConnectRequest{Message: &pb.ConnectRequest_Refuse{Refuse: &pb.Refuse{Task: ref, Reason: line(reason)}}}
}

func cancelled(ref *pb.TaskRef, how string) *pb.ConnectRequest {
	return &pb.ConnectRequest{Message: &pb.ConnectRequest_Cancelled{Cancelled: &pb.Cancelled{Task: ref, How: line(how)}}}
}

func reached(ref *pb.TaskRef, milestone string) *pb.ConnectRequest {
	return &pb.ConnectRequest{Message: &pb.ConnectRequest_MilestoneReached{MilestoneReached: &pb.MilestoneReached{Task: ref, Milestone: milestone}}}
}

func main() {
	gateways := flag.String("gateway", "localhost:7402", "HOST:PORT; several with commas")
	roles := flag.String("role", "", "what it can do; several with commas")
	slots := flag.Int("slots", 1, "tasks at once")
	id := flag.String("id", fmt.Sprintf("go-%d", os.Getpid()), "its name, unique among agents")
	flag.Parse()
	hello := &pb.Hello{
		SessionId: fmt.Sprintf("go-%d-%d", os.Getpid(), time.Now().UnixNano()), AgentId: *id, ProtocolVersion: 1,
		Roles: strings.Split(*roles, ","), Slots: int32(*slots), Software: "go-example/0.1.0",
	}
	a := &agent{
		loop: make(chan func()), gateways: strings.Split(*gateways, ","), hello: hello,
		held: map[int64]*attempt{}, owed: map[int64]*pb.Result{}, heart: time.NewTicker(5 * time.Second),
	}
	a.run()
}
