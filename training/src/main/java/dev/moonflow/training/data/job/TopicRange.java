package dev.moonflow.training.data.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;

/**
 * The records of a topic that belong to a run. Kept as {@code topic.json} in the folder that the
 * run writes, so that a run that is started again reads the same ones, whatever came since.
 *
 * @param topic its name
 * @param starts offset of the first record of each partition that there was at the first start
 * @param ends offset behind the last one
 */
public record TopicRange(
    String topic, SortedMap<Integer, Long> starts, SortedMap<Integer, Long> ends) {
  static final String FILE = "topic.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Records at most. */
  public long records() {
    return ends.entrySet().stream()
        .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
        .sum();
  }

  /**
   * The range that a folder was begun with, or, in a folder that was not, the topic as it is now,
   * which is kept there.
   *
   * @throws SampleException if the topic cannot be reached, or has lost records of the range
   */
  public static TopicRange of(
      Path folder, String bootstrapServers, String topic, Map<String, String> clientProperties)
      throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      TopicRange now = TopicEnds.range(bootstrapServers, topic, clientProperties);
      keep(folder, now);
      return now;
    }
    TopicRange begun = read(file);
    if (!begun.topic.equals(topic)) {
      throw new SampleException(
          "%s was begun with topic %s; name that one or choose another folder"
              .formatted(folder, begun.topic));
    }
    if (Files.exists(folder.resolve(Manifest.FILE))) {
      return begun; // nothing is read any more
    }
    TopicRange now = TopicEnds.range(bootstrapServers, topic, clientProperties);
    begun.starts.forEach((partition, start) -> begun.requireKept(now, partition, start));
    return begun;
  }

  private void requireKept(TopicRange now, int partition, long start) {
    Long first = now.starts.get(partition);
    long end = ends.getOrDefault(partition, start);
    if (end > start && (first == null || first > start || now.ends.get(partition) < end)) {
      throw new SampleException(
          ("topic %s no longer has all records that the run began with: partition %d had offsets"
                  + " %d to %d and has %s now; begin again in another folder")
              .formatted(
                  topic,
                  partition,
                  start,
                  end,
                  first == null ? "none" : first + " to " + now.ends.get(partition)));
    }
  }

  private static TopicRange read(Path file) throws IOException {
    try {
      TopicRange range = JSON.readValue(Files.readAllBytes(file), TopicRange.class);
      if (range.topic == null || range.starts == null || range.ends == null) {
        throw new SampleException(file + " lacks topic, starts or ends; choose another folder");
      }
      return range;
    } catch (JsonProcessingException e) {
      throw new SampleException(
          file + " is damaged (" + e.getOriginalMessage() + "); choose another folder", e);
    }
  }

  private static void keep(Path folder, TopicRange range) throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.list(folder)) {
      if (files.anyMatch(file -> !file.getFileName().toString().startsWith(FILE))) {
        return; // something else is here: the job refuses the folder, and leaves it as it was
      }
    }
    Path temporary = folder.resolve(FILE + ".tmp");
    Files.write(temporary, JSON.writeValueAsBytes(range));
    Files.move(
        temporary,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
