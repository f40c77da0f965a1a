package dev.moonflow.connectors.pieces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.embedded.KafkaTestClients;
import dev.moonflow.connectors.kafka.KafkaSinkSettings;
import dev.moonflow.connectors.kafka.KafkaSinks;
import dev.moonflow.connectors.kafka.KafkaSourceSettings;
import dev.moonflow.connectors.kafka.KafkaSources;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.StartingPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large records in a real topic, over a failure and a savepoint taken in the middle of them. */
class PiecewiseSourceITCase {
  private static final List<String> RECORDS = List.of("a:120", "b:90", "c:120", "d:1", "e:60");

  /** Part k has k % 3 of them. */
  private static final int VALUES = 120 + 90 + 120 + 1 + 60;

  @TempDir Path folder;

  /** Hands values on, slowly; fails once behind a checkpoint in the middle of a record. */
  private static final class Slow extends ProcessFunction<String, OutputRecord>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean FAILED = new AtomicBoolean();
    static final AtomicInteger BEHIND_FAILURE = new AtomicInteger();
    private transient volatile boolean checkpointed;

    @Override
    public void processElement(String value, Context context, Collector<OutputRecord> out)
        throws Exception {
      Thread.sleep(5);
      if (checkpointed && FAILED.compareAndSet(false, true)) {
        throw new IllegalStateException("on purpose");
      }
      if (FAILED.get()) {
        BEHIND_FAILURE.incrementAndGet();
      }
      out.collect(new OutputRecord("out", null, value.getBytes(UTF_8), List.of(), null));
    }

    @Override
    public void notifyCheckpointComplete(long id) {
      checkpointed = true;
    }
  }

  private JobClient start(EmbeddedBroker broker, int parallelism, String savepoint)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("execution.checkpointing.interval", "100ms");
    settings.setString("execution.checkpointing.dir", folder.resolve("checkpoints").toUri() + "");
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "3");
    settings.setString("restart-strategy.fixed-delay.delay", "50ms");
    if (savepoint != null) {
      settings.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment job =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    PiecewiseSource<String> source =
        new PiecewiseSource<>(
            KafkaSources.of(
                KafkaSourceSettings.of(broker.bootstrapServers(), "in", "group")
                    .startingAt(StartingPoint.EARLIEST)),
            subtask -> new CountingSplitter(),
            Types.STRING,
            StringSerializer.INSTANCE,
            2);
    KafkaSinkSettings sink =
        new KafkaSinkSettings(broker.bootstrapServers(), "parts", Duration.ofMinutes(5), Map.of());
    job.fromSource(source, WatermarkStrategy.noWatermarks(), "in", Types.STRING)
        .uid("in")
        .process(new Slow(), OutputRecord.TYPE)
        .uid("slow")
        .sinkTo(KafkaSinks.transactional(sink))
        .uid("out");
    return job.executeAsync("parts");
  }

  @Test
  void everyValueArrivesOnceAndInItsOrder() throws Exception {
    Slow.FAILED.set(false);
    Slow.BEHIND_FAILURE.set(0);
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary()) {
      broker.createTopics(List.of("in", "out"), 2);
      KafkaTestClients.produce(broker.bootstrapServers(), "in", RECORDS);
      JobClient job = start(broker, 1, null);
      await().atMost(Duration.ofSeconds(180)).until(() -> Slow.BEHIND_FAILURE.get() > 20);
      String savepoint =
          job.stopWithSavepoint(
                  false, folder.resolve("savepoints").toUri() + "", SavepointFormatType.CANONICAL)
              .get(180, TimeUnit.SECONDS);
      int soFar = Slow.BEHIND_FAILURE.get();
      assertThat(soFar).as("the savepoint was taken on the way").isLessThan(VALUES);

      JobClient wider = start(broker, 2, savepoint);
      List<String> values =
          KafkaTestClients.consume(broker.bootstrapServers(), "out", "read_committed", VALUES);
      wider.cancel().get(180, TimeUnit.SECONDS);
      Map<Character, List<String>> byRecord = new TreeMap<>();
      values.forEach(v -> byRecord.computeIfAbsent(v.charAt(0), k -> new ArrayList<>()).add(v));
      assertThat(byRecord).hasSize(RECORDS.size());
      for (String record : RECORDS) {
        List<String> expected = new ArrayList<>();
        for (int part = 1; part <= Integer.parseInt(record.substring(2)); part++) {
          expected.addAll(CountingSplitter.values(record.substring(0, 1), part));
        }
        assertThat(byRecord.get(record.charAt(0)))
            .as(record)
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }
}
