package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.Engine;
import java.io.Serializable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/**
 * What the operator is put together from. There is one production set; a simulation puts in threads
 * that it runs itself, and parts with faults that it has to find. Travels with the operator's
 * factory.
 */
class PerceiveParts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The operator's keyed state. */
  PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
    return new PerceiveState(store, backend);
  }

  /** Its line of requests. */
  RequestLine line() {
    return new RequestLine();
  }

  /** What steps the engine. */
  EngineHost host(String name, Engine engine, EngineHost.Listener listener, Runnable afterwards) {
    return new EngineHost(name, engine, listener, afterwards);
  }

  /** The operator itself, with the mailbox of its task. */
  PerceiveOperator operator(
      StreamOperatorParameters<Perceived> parameters,
      PerceiveSettings settings,
      ModelLoader loader) {
    return new PerceiveOperator(
        parameters, settings, loader, parameters.getMailboxExecutor(), this);
  }

  /** The threads that prepare requests. */
  ExecutorService preparers(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        threads,
        work -> {
          Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          // Of whoever asked first it would keep alive a job's classes, and find no image readers.
          thread.setContextClassLoader(PerceiveParts.class.getClassLoader());
          return thread;
        });
  }
}
