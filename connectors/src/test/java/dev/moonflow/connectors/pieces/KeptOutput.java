package dev.moonflow.connectors.pieces;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps what a reader hands on. */
final class KeptOutput<T> implements ReaderOutput<T> {
  final List<T> values = new ArrayList<>();
  final List<Long> timestamps = new ArrayList<>();

  @Override
  public void collect(T value) {
    throw new AssertionError("values come with their time");
  }

  @Override
  public void collect(T value, long timestamp) {
    values.add(value);
    timestamps.add(timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    throw new AssertionError("the reader makes no watermarks");
  }

  @Override
  public void markIdle() {
    throw new AssertionError("the reader is not idle");
  }

  @Override
  public void markActive() {
    throw new AssertionError("the reader was not idle");
  }

  @Override
  public SourceOutput<T> createOutputForSplit(String splitId) {
    return this;
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    // There is one for all.
  }
}
