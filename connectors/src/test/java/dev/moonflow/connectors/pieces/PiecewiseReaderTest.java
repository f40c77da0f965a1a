package dev.moonflow.connectors.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Barriers, rescales, back-pressure and the end of input between any two values. */
class PiecewiseReaderTest {
  private static final List<List<String>> TOPIC =
      List.of(List.of("a:5", "b:1", "c:4"), List.of("d:7", "e:2"), List.of("f:3"));

  private static final OpenSplitSerializer<String> STATE =
      new OpenSplitSerializer<>(new KafkaPartitionSplitSerializer(), StringSerializer.INSTANCE);

  /** A reader of some partitions and what it handed on. */
  private static final class Run implements AutoCloseable {
    final CountingSplitter splitter = new CountingSplitter();
    final PiecewiseReader<String> reader;
    final KeptOutput<String> out = new KeptOutput<>();
    InputStatus status = InputStatus.MORE_AVAILABLE;

    Run(List<List<String>> topic, List<KafkaPartitionSplit> splits, boolean bounded) {
      reader =
          new PiecewiseReader<>(
              new FakeRecords(topic, bounded), new PartsAhead<>(splitter, 2, "split"));
      reader.start();
      reader.addSplits(splits);
      reader.notifyNoMoreSplits();
    }

    /** Takes so many values, or all that are left. */
    Run take(int values) throws Exception {
      int enough = values < 0 ? Integer.MAX_VALUE : out.values.size() + values;
      while (out.values.size() < enough && status != InputStatus.END_OF_INPUT) {
        status = reader.pollNext(out);
        if (status == InputStatus.NOTHING_AVAILABLE) {
          reader.isAvailable().get(30, TimeUnit.SECONDS);
        }
      }
      return this;
    }

    List<String> values() {
      return List.copyOf(out.values);
    }

    /** Its state as a savepoint has it. */
    List<KafkaPartitionSplit> state() throws IOException {
      List<KafkaPartitionSplit> stored = new ArrayList<>();
      for (KafkaPartitionSplit split : reader.snapshotState(1)) {
        stored.add(STATE.deserialize(STATE.getVersion(), STATE.serialize(split)));
      }
      return stored;
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }

  private static List<KafkaPartitionSplit> fromTheBeginning() {
    return List.of(FakeRecords.split(0, 0), FakeRecords.split(1, 0), FakeRecords.split(2, 0));
  }

  private static List<String> all() {
    List<String> values = new ArrayList<>();
    for (List<String> partition : TOPIC) {
      for (String record : partition) {
        String[] words = record.split(":");
        for (int part = 1; part <= Integer.parseInt(words[1]); part++) {
          values.addAll(CountingSplitter.values(words[0], part));
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCheckpointBetweenAnyTwoValuesGoesOnWithTheNext(boolean bounded) throws Exception {
    List<String> straight;
    try (Run run = new Run(TOPIC, fromTheBeginning(), bounded).take(-1)) {
      straight = run.values();
      assertThat(straight).isEqualTo(all()).hasSize(24);
      assertThat(run.out.timestamps).containsOnly(7L);
      assertThat(run.state()).noneMatch(split -> split instanceof OpenSplit<?>);
    }
    for (int cut = 0; cut <= straight.size(); cut++) {
      List<KafkaPartitionSplit> state;
      List<String> before;
      try (Run run = new Run(TOPIC, fromTheBeginning(), bounded).take(cut)) {
        before = run.values();
        state = run.state();
        run.take(2); // what comes behind the checkpoint is not in it
      }
      try (Run rest = new Run(TOPIC, state, bounded).take(-1)) {
        List<String> together = new ArrayList<>(before);
        together.addAll(rest.values());
        assertThat(together).as("cut behind %d", cut).isEqualTo(straight);
      }
    }
  }

  @Test
  void openRecordsMoveWithTheirPartitions() throws Exception {
    for (int cut = 0; cut <= 9; cut++) {
      List<String> handedOn = new ArrayList<>();
      List<KafkaPartitionSplit> state = new ArrayList<>();
      for (int partition = 0; partition < TOPIC.size(); partition++) {
        List<KafkaPartitionSplit> own = List.of(FakeRecords.split(partition, 0));
        try (Run run = new Run(TOPIC, own, true).take(cut)) {
          handedOn.addAll(run.values());
          state.addAll(run.state());
        }
      }
      // Three readers become one, which finds up to three open records.
      state.sort(Comparator.comparing(KafkaPartitionSplit::getPartition).reversed());
      try (Run run = new Run(TOPIC, state, true).take(-1)) {
        handedOn.addAll(run.values());
      }
      assertThat(byRecord(handedOn)).as("cut behind %d", cut).isEqualTo(byRecord(all()));
    }
  }

  private static Map<Character, List<String>> byRecord(List<String> values) {
    Map<Character, List<String>> all = new TreeMap<>();
    values.forEach(v -> all.computeIfAbsent(v.charAt(0), k -> new ArrayList<>()).add(v));
    return all;
  }

  @Test
  void nothingIsTakenFurtherAheadThanTheLimit() throws Exception {
    List<List<String>> topic = List.of(List.of("long:2000"));
    try (Run run = new Run(topic, List.of(FakeRecords.split(0, 0)), false)) {
      for (int values = 0; values < 20; values++) {
        run.take(1);
        // Two wait, one is in hand, and the one that the value came from.
        int part = Integer.parseInt(run.values().get(values).replaceAll(".*/(\\d+)\\..*", "$1"));
        await().untilAsserted(() -> assertThat(run.splitter.taken).hasValue(part + 3));
        assertThat(run.reader.snapshotState(1).get(0)).isInstanceOf(OpenSplit.class);
      }
      assertThat(run.splitter.open).hasValue(1);
      run.reader.close();
      await().untilAsserted(() -> assertThat(run.splitter.open).hasValue(0));
    }
  }

  @Test
  void whatTheSplitterCannotDoStopsTheJob() throws Exception {
    List<List<String>> topic = List.of(List.of("a:2", "break"));
    try (Run run = new Run(topic, List.of(FakeRecords.split(0, 0)), false)) {
      run.take(3);
      assertThatThrownBy(() -> run.take(1))
          .hasMessage("a record could not be taken apart")
          .hasRootCauseMessage("on purpose");
      assertThat(run.values()).containsExactly("a/1.0", "a/2.0", "a/2.1");
    }
  }

  @Test
  void stateOfThePlainSourceIsRead() throws Exception {
    KafkaPartitionSplitSerializer plain = new KafkaPartitionSplitSerializer();
    KafkaPartitionSplit split = FakeRecords.split(2, 41);
    assertThat(STATE.deserialize(plain.getVersion(), plain.serialize(split))).isEqualTo(split);
    assertThat(plain.getVersion()).isLessThan(STATE.getVersion());
    assertThatThrownBy(() -> STATE.deserialize(102, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("a partition in state has version 102; this release reads 101");
  }
}
