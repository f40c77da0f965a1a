package dev.moonflow.connectors.pieces;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/** The reader of records over a topic that lies in memory; ends when it is read. */
final class FakeRecords implements SourceReader<RawRecord, KafkaPartitionSplit> {
  static final String TOPIC = "documents";

  private final List<List<String>> topic;
  private final boolean forgetsWhatIsRead;
  private final Map<Integer, Long> offsets = new LinkedHashMap<>();
  private boolean noMoreSplits;

  /**
   * A reader.
   *
   * @param topic values by partition and offset
   * @param forgetsWhatIsRead whether partitions leave its state at their end, as bounded ones do
   */
  FakeRecords(List<List<String>> topic, boolean forgetsWhatIsRead) {
    this.topic = topic;
    this.forgetsWhatIsRead = forgetsWhatIsRead;
  }

  static KafkaPartitionSplit split(int partition, long offset) {
    return new KafkaPartitionSplit(new TopicPartition(TOPIC, partition), offset);
  }

  @Override
  public void start() {
    // Everything is there.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<RawRecord> output) {
    for (Map.Entry<Integer, Long> place : offsets.entrySet()) {
      int partition = place.getKey();
      long offset = place.getValue();
      if (offset < topic.get(partition).size()) {
        byte[] value = topic.get(partition).get((int) offset).getBytes(UTF_8);
        place.setValue(offset + 1);
        output
            .createOutputForSplit("" + partition)
            .collect(new RawRecord(TOPIC, partition, offset, 7, null, value, List.of()), 7);
        return InputStatus.MORE_AVAILABLE;
      }
    }
    return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    List<KafkaPartitionSplit> splits = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> {
          if (!forgetsWhatIsRead || offset < topic.get(partition).size()) {
            splits.add(split(partition, offset));
          }
        });
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      offsets.put(split.getPartition(), split.getStartingOffset());
    }
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
