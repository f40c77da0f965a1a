package dev.moonflow.jobs.perceive;

import dev.moonflow.model.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** The parts of an operator with its threads taken out: the simulation takes their turns. */
final class SimThreads extends PerceiveParts {
  private static final long serialVersionUID = 1L;
  private static final int THREADS = 2;

  private final transient SimBug bug;
  private final transient SimMailbox mailbox;
  private final transient BiConsumer<String, SimEngine.Standing> onSubmit;
  private final transient SplittableRandom random;
  private final transient List<Runnable> preparing = new ArrayList<>();
  private transient Host host;
  private transient SimEngine engine;
  private transient boolean closed;

  SimThreads(
      SimBug bug,
      SimMailbox mailbox,
      SplittableRandom random,
      BiConsumer<String, SimEngine.Standing> onSubmit) {
    this.onSubmit = onSubmit;
    this.bug = bug;
    this.mailbox = mailbox;
    this.random = random;
  }

  SimEngine engine() {
    return engine;
  }

  boolean engineCanStep() {
    return !closed && engine.hasWork();
  }

  /** A step of the engine, which may fail as a device does. */
  void stepEngine(boolean fails) {
    if (fails) {
      host.fail(new IllegalStateException("the device is gone"));
    } else {
      host.turn();
    }
  }

  boolean canPrepare() {
    return !closed && !preparing.isEmpty();
  }

  /** One thread of the pool gets to its end: of the first tasks any. */
  void prepareOne() {
    preparing.remove(random.nextInt(Math.min(THREADS, preparing.size()))).run();
  }

  @Override
  PerceiveState state(KeyedStateStore store, KeyedStateBackend<Object> backend) {
    return bug.state(store, backend);
  }

  @Override
  RequestLine line() {
    return bug.line();
  }

  @Override
  PerceiveOperator operator(
      StreamOperatorParameters<Perceived> parameters,
      PerceiveSettings settings,
      ModelLoader loader) {
    return bug.operator(parameters, settings, loader, mailbox, this);
  }

  @Override
  EngineHost host(String name, Engine made, EngineHost.Listener listener, Runnable afterwards) {
    engine = bug.engine((SimEngine) made);
    engine.join(random.split(), onSubmit);
    host = new Host(name, engine, listener, afterwards);
    return host;
  }

  @Override
  ExecutorService preparers(String name, int threads) {
    return new Pool();
  }

  /** A host without a thread. */
  private final class Host extends EngineHost {
    private final Listener listener;
    private final Runnable afterwards;

    Host(String name, Engine engine, Listener listener, Runnable afterwards) {
      super(name, engine, listener, afterwards);
      this.listener = listener;
      this.afterwards = afterwards;
    }

    void fail(Throwable cause) {
      listener.failed(cause);
    }

    @Override
    void start() {}

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        engine.close();
        afterwards.run();
      }
    }
  }

  /** A pool without threads. */
  private final class Pool extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      preparing.add(task);
    }

    @Override
    public void shutdown() {
      preparing.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
      preparing.clear();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return closed;
    }

    @Override
    public boolean isTerminated() {
      return closed;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
