package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.StepReport;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Watches requests until their first token, for the time it took. */
final class FirstTokens {
  private final Map<String, Long> arrivedNanos = new ConcurrentHashMap<>();

  /** A request has arrived; called on the task's thread. */
  void watch(InFlight entry) {
    arrivedNanos.put(entry.id(), entry.arrivedNanos());
  }

  /** A request has ended, token or not. */
  void forget(String id) {
    arrivedNanos.remove(id);
  }

  /** A step ended; called on the engine's thread. */
  void stepped(StepReport report, Engine engine, PerceiveMetrics metrics) {
    if (report.decodeTokens() == 0 || arrivedNanos.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    Iterator<Map.Entry<String, Long>> each = arrivedNanos.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Long> entry = each.next();
      boolean begun =
          engine.progress(entry.getKey()).filter(p -> p.tokens().length > 0).isPresent();
      if (begun) {
        metrics.firstToken(now - entry.getValue());
        each.remove();
      }
    }
  }
}
