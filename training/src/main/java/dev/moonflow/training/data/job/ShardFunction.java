package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.ContentHash;
import dev.moonflow.training.data.filter.StableOrder;
import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardWriter;
import java.io.IOException;
import java.util.List;
import org.apache.flink.util.Collector;

/** Sorts the examples of a shard and writes it; answers with its number. */
final class ShardFunction extends GroupFunction<Integer, Sample, Integer> {
  private static final long serialVersionUID = 1L;
  private final ShardPlace place;

  ShardFunction(ShardPlace place) {
    super(SampleSerializer.TYPE);
    this.place = place;
  }

  @Override
  void group(Integer shard, List<Sample> samples, Collector<Integer> out) {
    samples.sort(this::compare);
    try (ShardWriter writer = new ShardWriter(place.file(shard))) {
      for (Sample sample : samples) {
        writer.write(sample);
      }
      writer.finish();
    } catch (IOException e) {
      throw new SampleException(
          "shard %s cannot be written (%s); make room or rights there and start again"
              .formatted(place.file(shard), FileProblem.words(e)),
          e);
    }
    out.collect(shard);
  }

  private int compare(Sample a, Sample b) {
    int byOrder =
        StableOrder.compare(
            StableOrder.key(a.id(), place.seed()),
            a.id(),
            StableOrder.key(b.id(), place.seed()),
            b.id());
    return byOrder != 0 ? byOrder : ContentHash.of(a).compareTo(ContentHash.of(b));
  }
}
