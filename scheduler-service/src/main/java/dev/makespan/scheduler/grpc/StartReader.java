package dev.makespan.scheduler.grpc;

import com.google.protobuf.CodedOutputStream;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.RunSpec;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.scheduler.StartRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Checks what a planner wants to start. */
final class StartReader {

  static final int MAX_PARAMETERS = 1_000;
  static final int MAX_PARAMETER_BYTES = 65_536;
  private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");

  private StartReader() {}

  static Reading<StartRequest> read(StartRunRequest request) {
    PlanArrival arrival = new PlanArrival();
    List<FieldProblem> problems = problems(request);
    if (!request.hasPlan()) {
      problems.add(new FieldProblem("plan", "expected one, was none"));
    } else {
      arrival.add(request.getPlan());
    }
    return read(request, arrival, bodyHash(request), problems);
  }

  /** A request whose plan came beside it. */
  static Reading<StartRequest> read(StartRunRequest header, PlanArrival arrival) {
    List<FieldProblem> problems = problems(header);
    if (header.hasPlan()) {
      problems.add(new FieldProblem("header.plan", "expected none, the plan's parts follow"));
    }
    return read(header, arrival, arrival.hashAfter(bodyHash(header)), problems);
  }

  private static Reading<StartRequest> read(
      StartRunRequest request, PlanArrival arrival, String hash, List<FieldProblem> problems) {
    Plan plan = problems.isEmpty() ? arrival.plan(problems) : null;
    if (plan == null) {
      return new Reading.Invalid<>(List.copyOf(problems));
    }
    return new Reading.Valid<>(
        new StartRequest(
            request.getRequestId(),
            hash,
            plan,
            arrival.encoded(),
            request.getPlanVersion(),
            request.getParametersMap(),
            request.getSimulate(),
            speed(request),
            weight(request)));
  }

  private static int weight(StartRunRequest request) {
    return request.getWeight() == 0 ? RunSpec.MIN_WEIGHT : request.getWeight();
  }

  private static double speed(StartRunRequest request) {
    return request.getSpeed() == 0 ? 1 : request.getSpeed();
  }

  private static List<FieldProblem> problems(StartRunRequest request) {
    List<FieldProblem> problems = new ArrayList<>();
    if (!REQUEST_ID.matcher(request.getRequestId()).matches()) {
      problems.add(
          new FieldProblem(
              "request_id", "expected 1 to 128 printable ASCII characters, no spaces"));
    }
    if (request.getPlanVersion() < 1) {
      problems.add(
          new FieldProblem("plan_version", "expected 1 or more, was " + request.getPlanVersion()));
    }
    checkSpeed(request, problems::add);
    if (weight(request) < RunSpec.MIN_WEIGHT || weight(request) > RunSpec.MAX_WEIGHT) {
      problems.add(
          new FieldProblem(
              "weight",
              "expected %d to %d, was %d"
                  .formatted(RunSpec.MIN_WEIGHT, RunSpec.MAX_WEIGHT, request.getWeight())));
    }
    checkParameters(request, problems::add);
    return problems;
  }

  private static void checkSpeed(StartRunRequest request, Consumer<FieldProblem> problems) {
    double speed = speed(request);
    if (!(speed >= RunSpec.MIN_SPEED && speed <= RunSpec.MAX_SPEED)) {
      problems.accept(
          new FieldProblem(
              "speed",
              "expected %s to %s, was %s".formatted(RunSpec.MIN_SPEED, RunSpec.MAX_SPEED, speed)));
    } else if (speed != 1 && !request.getSimulate()) {
      problems.accept(
          new FieldProblem("speed", "expected 1 unless the run is simulated, was " + speed));
    }
  }

  private static void checkParameters(StartRunRequest request, Consumer<FieldProblem> problems) {
    if (request.getParametersCount() > MAX_PARAMETERS) {
      problems.accept(
          new FieldProblem(
              "parameters",
              "expected at most %d, were %d"
                  .formatted(MAX_PARAMETERS, request.getParametersCount())));
    }
    request
        .getParametersMap()
        .forEach((name, value) -> {
          if (value.length() > MAX_PARAMETER_BYTES || value.indexOf('\0') >= 0) {
            problems.accept(
                new FieldProblem(
                    "parameters." + name,
                    "expected at most %d characters, none of them NUL, were %d"
                        .formatted(MAX_PARAMETER_BYTES, value.length())));
          }
        });
  }

  /** SHA-256 of the request without its id, written deterministically. */
  private static String bodyHash(StartRunRequest request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      CodedOutputStream out =
          CodedOutputStream.newInstance(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      out.useDeterministicSerialization();
      request.toBuilder().clearRequestId().build().writeTo(out);
      out.flush();
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | IOException e) {
      throw new IllegalStateException("every JDK has SHA-256 and a stream to nowhere", e);
    }
  }
}
