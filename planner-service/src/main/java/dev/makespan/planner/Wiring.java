package dev.makespan.planner;

import dev.makespan.formats.plan.PlanReader;
import dev.makespan.formats.service.ServiceSecret;
import dev.makespan.planner.gateway.RemoteRecords;
import dev.makespan.planner.scheduler.Patience;
import dev.makespan.planner.scheduler.RemoteScheduler;
import dev.makespan.planner.scheduler.Replicas;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the use cases together. Time, chance, threads and the network are made here alone. */
@Singleton
class Wiring {

  /** Plans that wait to be read or analysed; more are refused. */
  private static final int MAX_WAITING_COMPUTATIONS = 64;

  /** So that one slow plan does not hold up all others. */
  private static final int MIN_COMPUTATIONS = 2;

  /** Between two looks at a log that grows. */
  private static final Duration FOLLOW_PAUSE = Duration.ofMillis(250);

  private static final Duration CALL_PATIENCE = Duration.ofSeconds(10);
  private static final Duration WATCH_PATIENCE = Duration.ofSeconds(60);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(3);

  /** Largest message of the scheduler: a run with its plan. */
  private static final int MAX_INBOUND_BYTES = 128 * 1024 * 1024;

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  CallThreads callThreads() {
    return new CallThreads(Executors.newVirtualThreadPerTaskExecutor());
  }

  void stopCalls(@Disposes CallThreads threads) {
    threads.virtual().shutdownNow();
  }

  @Produces
  @Singleton
  Computation computation() {
    int threads = Math.max(MIN_COMPUTATIONS, Runtime.getRuntime().availableProcessors());
    return new Computation(pool("computation-", threads));
  }

  /** Refuses work when its queue is full. */
  private static ThreadPoolExecutor pool(String name, int threads) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_WAITING_COMPUTATIONS),
        Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  @Produces
  @Singleton
  Analyses analyses(Computation computation) {
    return new Analyses(computation);
  }

  @Produces
  @Singleton
  PlanFiles planFiles(Computation computation) {
    return new PlanFiles(PlanReader::read, computation);
  }

  @Produces
  @Singleton
  Plans plans(PlanFiles files, PlanStore store) {
    return new Plans(files, store, new OpenedPlans());
  }

  @Produces
  @Singleton
  PlanDeletion planDeletion(PlanStore store, SchedulerClient scheduler) {
    return new PlanDeletion(store, scheduler);
  }

  @Produces
  @Singleton
  Uploads uploads() {
    return new Uploads();
  }

  @Produces
  @Singleton
  Computations computations(ResultStore results) {
    int threads = Math.max(MIN_COMPUTATIONS, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool = pool("long-computation-", threads);
    return new Computations(results, pool, System::nanoTime);
  }

  @Produces
  @Singleton
  Questions questions(Plans plans, Computations computations, ResultStore results) {
    return new Questions(plans, computations, results);
  }

  @Produces
  @Singleton
  FindingApplication findingApplication(
      Plans plans, Questions questions, PlanFiles files, Computation computation) {
    return new FindingApplication(plans, questions, files, computation);
  }

  @Produces
  @Singleton
  Operations operations(Questions questions, OperationStore store, CallThreads threads) {
    return new Operations(questions, store, UUID.randomUUID().toString(), threads);
  }

  @Produces
  @Singleton
  OperationWatch operationWatch(
      Operations operations, ScheduledExecutorService timer, CallThreads threads) {
    return new OperationWatch(operations, timer, threads);
  }

  @Produces
  @Singleton
  Runs runs(
      Plans plans,
      Analyses analyses,
      SchedulerClient scheduler,
      ReportStore reports,
      InstantSource clock) {
    return new Runs(
        plans,
        new CheckedBinding(),
        analyses,
        scheduler,
        reports,
        clock,
        () -> UUID.randomUUID().toString());
  }

  @Produces
  @Singleton
  RunChanges runChanges(Plans plans, SchedulerClient scheduler) {
    return new RunChanges(plans, new CheckedBinding(), scheduler);
  }

  @Produces
  @Singleton
  Agents agents(SchedulerClient scheduler) {
    return new Agents(scheduler);
  }

  @Produces
  @Singleton
  RunOutlook runOutlook(SchedulerClient scheduler, Computation computation, InstantSource clock) {
    return new RunOutlook(scheduler, computation, clock);
  }

  @Produces
  @Singleton
  RemoteRecords gateways(
      @ConfigProperty(name = "makespan.gateway.host") String host,
      @ConfigProperty(name = "makespan.gateway.port") int port,
      @ConfigProperty(name = "makespan.gateway.addresses") Optional<List<String>> addresses,
      @ConfigProperty(name = "makespan.gateway.service-secret") Optional<String> secret,
      @ConfigProperty(name = "makespan.gateway.service-secret-file") Optional<Path> secretFile) {
    List<String> all = addresses.orElseGet(() -> List.of(host + ":" + port));
    return new RemoteRecords(
        all.stream().map(Wiring::channel).toList(), ServiceSecret.of(secret, secretFile));
  }

  void closeGateways(@Disposes RemoteRecords gateways) {
    gateways.close();
  }

  @Produces
  @Singleton
  Records records(SchedulerClient scheduler, RemoteRecords gateways) {
    return new Records(scheduler, gateways, () -> Thread.sleep(FOLLOW_PAUSE));
  }

  @Produces
  @Singleton
  Replicas schedulerReplicas(
      @ConfigProperty(name = "makespan.scheduler.host") String host,
      @ConfigProperty(name = "makespan.scheduler.port") int port,
      @ConfigProperty(name = "makespan.scheduler.addresses") Optional<List<String>> addresses) {
    List<String> first = addresses.orElseGet(() -> List.of(host + ":" + port));
    return new Replicas(first, Wiring::channel);
  }

  private static ManagedChannel channel(String address) {
    return NettyChannelBuilder.forTarget(address)
        .usePlaintext()
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .maxInboundMessageSize(MAX_INBOUND_BYTES)
        .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
        .build();
  }

  void closeChannels(@Disposes Replicas replicas) {
    replicas.close();
  }

  @Produces
  @Singleton
  SchedulerClient scheduler(Replicas replicas, ScheduledExecutorService timer) {
    RandomGenerator chance = RandomGenerator.getDefault();
    return new RemoteScheduler(
        replicas, new Patience(CALL_PATIENCE, chance), new Patience(WATCH_PATIENCE, chance), timer);
  }
}
