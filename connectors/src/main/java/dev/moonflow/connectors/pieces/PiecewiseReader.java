package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands on one value for each call. The next record is read when everything of the one before has
 * left, so that each partition has one open record at most; only a reader that was given the
 * partitions of several finds more than one.
 */
final class PiecewiseReader<T> implements SourceReader<T, KafkaPartitionSplit> {
  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final SourceReader<RawRecord, KafkaPartitionSplit> records;
  private final PartsAhead<T> ahead;
  private final Deque<OpenRecord<T>> waiting = new ArrayDeque<>();
  private final WholeRecords whole = new WholeRecords(r -> waiting.add(OpenRecord.of(r)));
  private OpenRecord<T> open;

  PiecewiseReader(SourceReader<RawRecord, KafkaPartitionSplit> records, PartsAhead<T> ahead) {
    this.records = records;
    this.ahead = ahead;
  }

  @Override
  public void start() {
    records.start();
    ahead.start();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (open == null) {
      if (waiting.isEmpty()) {
        InputStatus status = records.pollNext(whole);
        if (waiting.isEmpty()) {
          return status;
        }
      }
      open = waiting.remove();
      if (!open.allTaken()) {
        ahead.begin(open);
      }
    }
    if (open.left().isEmpty()) {
      PartsAhead.Part<T> part = ahead.poll();
      if (part == null) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      open = open.with(part);
    }
    if (!open.left().isEmpty()) {
      output.collect(open.left().get(0), open.record().timestamp());
      open = open.withoutFirst();
    }
    if (open.done()) {
      open = null;
    }
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
    Map<String, OpenRecord<T>> openOf = new HashMap<>();
    if (open != null) {
      openOf.put(partition(open.record()), open);
    }
    waiting.forEach(each -> openOf.put(partition(each.record()), each));
    List<KafkaPartitionSplit> splits = new ArrayList<>();
    for (KafkaPartitionSplit split : records.snapshotState(checkpointId)) {
      OpenRecord<T> own = openOf.remove(split.splitId());
      splits.add(own == null ? split : new OpenSplit<>(split, own));
    }
    openOf.values().forEach(last -> splits.add(OpenSplit.ofTheLast(last)));
    return splits;
  }

  private static String partition(RawRecord record) {
    return KafkaPartitionSplit.toSplitId(new TopicPartition(record.topic(), record.partition()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (open == null) {
      return waiting.isEmpty() ? records.isAvailable() : NOW;
    }
    return open.left().isEmpty() ? ahead.available() : NOW;
  }

  @Override
  @SuppressWarnings("unchecked") // one source's splits are of one type
  public void addSplits(List<KafkaPartitionSplit> splits) {
    for (KafkaPartitionSplit split : splits) {
      if (split instanceof OpenSplit<?> withRecord) {
        waiting.add(((OpenSplit<T>) withRecord).open());
      }
    }
    records.addSplits(splits.stream().map(OpenSplit::plain).toList());
  }

  @Override
  public void notifyNoMoreSplits() {
    records.notifyNoMoreSplits();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    records.handleSourceEvents(event);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    records.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    records.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
    records.pauseOrResumeSplits(pause, resume);
  }

  @Override
  public void close() throws Exception {
    ahead.close();
    records.close();
  }
}
