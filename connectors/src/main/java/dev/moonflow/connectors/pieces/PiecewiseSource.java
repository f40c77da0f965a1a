package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;

/**
 * A topic's records, each taken apart as it is read; the package's description tells how. State of
 * the plain Kafka source is restored by this one.
 *
 * @param <T> the values that parts are made of
 */
public final class PiecewiseSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<RawRecord> records;
  private final RecordSplitter.Factory<T> splitters;
  private final TypeInformation<T> type;
  private final TypeSerializer<T> values;
  private final int partsAhead;

  /**
   * A source.
   *
   * @param values how values that have not left are kept in state
   * @param partsAhead parts that wait to be handed on, at most, at least 1
   */
  public PiecewiseSource(
      KafkaSource<RawRecord> records,
      RecordSplitter.Factory<T> splitters,
      TypeInformation<T> type,
      TypeSerializer<T> values,
      int partsAhead) {
    if (partsAhead < 1) {
      throw new IllegalArgumentException("partsAhead must be at least 1: " + partsAhead);
    }
    this.records = records;
    this.splitters = splitters;
    this.type = type;
    this.values = values;
    this.partsAhead = partsAhead;
  }

  @Override
  public Boundedness getBoundedness() {
    return records.getBoundedness();
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    int subtask = context.getIndexOfSubtask();
    PartsAhead<T> ahead =
        new PartsAhead<>(splitters.create(subtask), partsAhead, "moonflow-split-" + subtask);
    MetricGroup metrics = context.metricGroup();
    metrics.gauge("parts_ahead", ahead::size);
    return new PiecewiseReader<>(records.createReader(context), ahead);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return records.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state)
      throws IOException {
    return records.restoreEnumerator(context, state);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new OpenSplitSerializer<>(records.getSplitSerializer(), values);
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return records.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return type;
  }
}
