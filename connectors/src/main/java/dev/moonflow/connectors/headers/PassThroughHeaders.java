package dev.moonflow.connectors.headers;

import dev.moonflow.connectors.kafka.RecordHeader;
import java.util.List;
import java.util.Set;

/** The headers of an event that its results carry on, byte for byte. */
public final class PassThroughHeaders {
  private static final Set<String> TRACE_CONTEXT = Set.of("traceparent", "tracestate", "baggage");
  private static final String CLOUD_EVENTS = "ce_";

  private PassThroughHeaders() {}

  /** Trace context and CloudEvents attributes among {@code headers}, in their order. */
  public static List<RecordHeader> of(List<RecordHeader> headers) {
    return headers.stream().filter(header -> isPassedOn(header.name())).toList();
  }

  private static boolean isPassedOn(String name) {
    return TRACE_CONTEXT.contains(name) || name.startsWith(CLOUD_EVENTS);
  }
}
