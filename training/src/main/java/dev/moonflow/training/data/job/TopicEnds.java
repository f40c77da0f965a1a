package dev.moonflow.training.data.job;

import dev.moonflow.training.sample.SampleException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a topic ends now, so that a run that is started again reads the same records. */
public final class TopicEnds {
  private static final int PATIENCE_SECONDS = 30;

  private TopicEnds() {}

  /**
   * The offset behind the last record of each partition.
   *
   * @throws SampleException if the cluster or the topic cannot be reached
   */
  public static SortedMap<Integer, Long> of(
      String bootstrapServers, String topic, Map<String, String> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("default.api.timeout.ms", PATIENCE_SECONDS * 1000);
    try (Admin admin = Admin.create(properties)) {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      admin
          .describeTopics(java.util.List.of(topic))
          .allTopicNames()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .get(topic)
          .partitions()
          .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
      SortedMap<Integer, Long> ends = new TreeMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SampleException(
          "topic %s at %s cannot be read: %s"
              .formatted(topic, bootstrapServers, cause.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SampleException("interrupted while asking for the ends of topic " + topic, e);
    }
  }
}
