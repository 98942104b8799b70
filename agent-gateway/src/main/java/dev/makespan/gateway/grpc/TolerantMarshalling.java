package dev.makespan.gateway.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a message that is none, such as one with invalid UTF-8, as an empty one. That is malformed
 * too and gets its answer from the rules, where grpc-java would end the call as if the fault were
 * the server's.
 */
final class TolerantMarshalling {

  private TolerantMarshalling() {}

  static ServerServiceDefinition of(ServerServiceDefinition strict) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    strict.getMethods().forEach(method -> methods.add(tolerant(method)));
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(strict.getServiceDescriptor().getName())
            .setSchemaDescriptor(strict.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> tolerant(ServerMethodDefinition<Q, R> strict) {
    MethodDescriptor<Q, R> method = strict.getMethodDescriptor();
    return method.getRequestMarshaller() instanceof PrototypeMarshaller<Q> marshaller
        ? ServerMethodDefinition.create(
            method.toBuilder(new Tolerant<>(marshaller), method.getResponseMarshaller()).build(),
            strict.getServerCallHandler())
        : strict;
  }

  private record Tolerant<T>(PrototypeMarshaller<T> strict) implements Marshaller<T> {

    @Override
    public InputStream stream(T value) {
      return strict.stream(value);
    }

    @Override
    public T parse(InputStream stream) {
      try {
        return strict.parse(stream);
      } catch (StatusRuntimeException unreadable) {
        T empty = strict.getMessagePrototype();
        if (empty == null) {
          throw unreadable;
        }
        return empty;
      }
    }
  }
}
