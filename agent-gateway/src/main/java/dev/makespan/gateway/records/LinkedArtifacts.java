package dev.makespan.gateway.records;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Artifacts that come and go by links to the store, where it has any. May block. */
public final class LinkedArtifacts {

  private static final Pattern TICKET = Pattern.compile("[a-z0-9]{32}");
  private static final RecordRefusal NO_LINKS =
      new RecordRefusal(
          RecordRefusal.Kind.NO_LINKS,
          "expected records in an S3-compatible store, were in a folder, to which there are no links");

  private final ArtifactIntake intake;
  private final InstantSource time;

  public LinkedArtifacts(ArtifactIntake intake, InstantSource time) {
    this.intake = intake;
    this.time = time;
  }

  /** What is said to one who wants to put something. */
  public sealed interface Place {
    record Refused(RecordRefusal why) implements Place {}

    /** It was there before with the same content. */
    record Existed() implements Place {}

    record Given(ArtifactLinks.UploadLink link, Instant until) implements Place {}
  }

  /** What is said to one who has put something. */
  public sealed interface Kept {
    record Refused(RecordRefusal why) implements Kept {}

    record Done(boolean existed) implements Kept {}
  }

  /** What is said to one who wants to read. */
  public sealed interface Address {
    record Refused(RecordRefusal why) implements Address {}

    record Given(MadeArtifact artifact, URI address, Instant until) implements Address {}
  }

  public Address download(TaskRef attempt, String name, Duration lifetime) throws IOException {
    ArtifactLinks links = intake.store().links();
    if (links == null) {
      return new Address.Refused(NO_LINKS);
    }
    MadeArtifact found = intake.store().find(attempt, name);
    return found == null
        ? new Address.Refused(
            new RecordRefusal(
                RecordRefusal.Kind.ABSENT, "attempt " + attempt + " has left no artifact " + name))
        : new Address.Given(
            found, links.download(attempt, found, lifetime), time.instant().plus(lifetime));
  }

  public Place upload(SessionId session, TaskRef attempt, MadeArtifact declared, Duration lifetime)
      throws IOException {
    ArtifactLinks links = intake.store().links();
    if (links == null) {
      return new Place.Refused(NO_LINKS);
    }
    return switch (intake.admit(session, attempt, declared)) {
      case ArtifactIntake.Admission.Refused(RecordRefusal why) -> new Place.Refused(why);
      case ArtifactIntake.Admission.Existed() -> new Place.Existed();
      case ArtifactIntake.Admission.Open() ->
          new Place.Given(links.upload(attempt, declared, lifetime), time.instant().plus(lifetime));
    };
  }

  public Kept keep(SessionId session, TaskRef attempt, MadeArtifact declared, String ticket)
      throws IOException {
    ArtifactLinks links = intake.store().links();
    if (links == null) {
      return new Kept.Refused(NO_LINKS);
    }
    if (!TICKET.matcher(ticket).matches()) {
      return new Kept.Refused(
          new RecordRefusal(
              RecordRefusal.Kind.MALFORMED, "ticket: expected that of a link, was another"));
    }
    return switch (intake.admit(session, attempt, declared)) {
      case ArtifactIntake.Admission.Refused(RecordRefusal why) -> new Kept.Refused(why);
      case ArtifactIntake.Admission.Existed() -> new Kept.Done(true);
      case ArtifactIntake.Admission.Open() ->
          kept(attempt, declared, links.keep(attempt, declared, ticket));
    };
  }

  private static Kept kept(TaskRef attempt, MadeArtifact declared, @Nullable MadeArtifact has) {
    if (has == null) {
      return new Kept.Refused(
          new RecordRefusal(
              RecordRefusal.Kind.NOT_AS_DECLARED,
              "artifact %s: expected %d bytes with sha256 %s to be put, was nothing or something else; nothing of it is kept"
                  .formatted(declared.name(), declared.bytes(), declared.sha256())));
    }
    RecordRefusal other = ArtifactIntake.other(attempt, declared, has);
    return other == null ? new Kept.Done(!has.equals(declared)) : new Kept.Refused(other);
  }
}
