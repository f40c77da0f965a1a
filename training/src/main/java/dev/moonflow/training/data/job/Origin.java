package dev.moonflow.training.data.job;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Where a job's examples come from. */
public sealed interface Origin extends Serializable {

  /**
   * This project's generators.
   *
   * @param mix weight of each generator by name
   * @param count examples in all
   */
  record Generated(SortedMap<String, Double> mix, long count) implements Origin {}

  /** Folders of shards. */
  record Shards(List<String> folders) implements Origin {}

  /** Files of JSON lines. */
  record Lines(List<String> files) implements Origin {}

  /**
   * A Kafka topic of {@code TrainingSample} with ids of a schema registry, up to fixed offsets.
   *
   * @param ends offset behind the last record of each partition that belongs to the run
   */
  record Topic(
      String bootstrapServers,
      String topic,
      String registry,
      Map<String, String> clientProperties,
      SortedMap<Integer, Long> ends)
      implements Origin {}
}
