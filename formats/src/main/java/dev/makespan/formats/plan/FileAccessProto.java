package dev.makespan.formats.plan;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;

/** A path and how it is touched, as a message. */
public final class FileAccessProto {

  private FileAccessProto() {}

  public static dev.makespan.proto.plan.v1.FileAccess toProto(FileAccess access) {
    return dev.makespan.proto.plan.v1.FileAccess.newBuilder()
        .setPath(access.path().text())
        .setMode(
            switch (access.mode()) {
              case READ -> dev.makespan.proto.plan.v1.FileMode.FILE_MODE_READ;
              case WRITE -> dev.makespan.proto.plan.v1.FileMode.FILE_MODE_WRITE;
              case APPEND -> dev.makespan.proto.plan.v1.FileMode.FILE_MODE_APPEND;
              case REGENERATE -> dev.makespan.proto.plan.v1.FileMode.FILE_MODE_REGENERATE;
            })
        .build();
  }

  public static FileAccess fromProto(dev.makespan.proto.plan.v1.FileAccess proto) {
    FileMode mode =
        switch (proto.getMode()) {
          case FILE_MODE_READ -> FileMode.READ;
          case FILE_MODE_WRITE -> FileMode.WRITE;
          case FILE_MODE_APPEND -> FileMode.APPEND;
          case FILE_MODE_REGENERATE -> FileMode.REGENERATE;
          case FILE_MODE_UNSPECIFIED, UNRECOGNIZED ->
              throw Fields.unknownEnum("mode", proto.getModeValue());
        };
    return new FileAccess(new FilePattern(proto.getPath()), mode);
  }
}
