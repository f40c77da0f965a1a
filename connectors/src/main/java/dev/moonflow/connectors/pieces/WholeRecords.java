package dev.moonflow.connectors.pieces;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Takes whole records from the reader of records; they carry their time themselves. */
final class WholeRecords implements ReaderOutput<RawRecord> {
  private final Consumer<RawRecord> taker;

  WholeRecords(Consumer<RawRecord> taker) {
    this.taker = taker;
  }

  @Override
  public void collect(RawRecord record) {
    taker.accept(record);
  }

  @Override
  public void collect(RawRecord record, long timestamp) {
    taker.accept(record);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    // Watermarks are made of the values that are handed on.
  }

  @Override
  public void markIdle() {
    // As above.
  }

  @Override
  public void markActive() {
    // As above.
  }

  @Override
  public SourceOutput<RawRecord> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    // There is one for all.
  }
}
