package dev.moonflow.connectors.kafka;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.headers.PassThroughHeaders;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.schemas.ImageEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes events and passes them on, slowly, and fails once: after some events, and not before a
 * checkpoint was completed, so that there is something to restore.
 */
final class FailingOnceDecoder extends ProcessFunction<RawRecord, OutputRecord>
    implements CheckpointListener {
  private static final long serialVersionUID = 1L;
  private static final AtomicBoolean FAILED = new AtomicBoolean();
  private static final AtomicInteger SEEN = new AtomicInteger();
  private static final AtomicLong CHECKPOINTS = new AtomicLong();

  private final RegistrySettings registry;
  private final int failAfter;
  private transient EventReader<ImageEvent> reader;
  private transient ResultWriter<ImageEvent> writer;

  FailingOnceDecoder(RegistrySettings registry, int failAfter) {
    this.registry = registry;
    this.failAfter = failAfter;
  }

  static void reset() {
    FAILED.set(false);
    SEEN.set(0);
    CHECKPOINTS.set(0);
  }

  static boolean hasFailed() {
    return FAILED.get();
  }

  @Override
  public void open(OpenContext context) {
    reader = new EventReader<>(registry, ImageEvent.class);
    writer = new ResultWriter<>(registry, "out", ImageEvent.class);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<OutputRecord> out)
      throws Exception {
    // Slow until the first checkpoint is there: the events must not run out before it.
    Thread.sleep(CHECKPOINTS.get() == 0 ? 250 : 2);
    if (SEEN.incrementAndGet() > failAfter
        && CHECKPOINTS.get() > 0
        && FAILED.compareAndSet(false, true)) {
      throw new IllegalStateException("the failure that this test wants");
    }
    try {
      out.collect(
          new OutputRecord(
              "out",
              record.key(),
              writer.write(reader.read(record.value())),
              PassThroughHeaders.of(record.headers()),
              record.timestamp()));
    } catch (UndecodableRecordException e) {
      out.collect(DeadLetter.of(record, "decode-record", e).toOutputRecord("dead", "flow", 0));
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {
    CHECKPOINTS.incrementAndGet();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    if (writer != null) {
      writer.close();
    }
  }
}
