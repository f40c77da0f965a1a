package dev.moonflow.training.data.job;

import dev.moonflow.training.sample.SampleException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where a topic begins and ends now. */
public final class TopicEnds {
  private static final int PATIENCE_SECONDS = 30;

  private TopicEnds() {}

  /**
   * The offsets of each partition's first record and behind its last one.
   *
   * @throws SampleException if the cluster or the topic cannot be reached
   */
  public static TopicRange range(
      String bootstrapServers, String topic, Map<String, String> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("default.api.timeout.ms", PATIENCE_SECONDS * 1000);
    try (Admin admin = Admin.create(properties)) {
      List<TopicPartition> partitions =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .get(topic)
              .partitions()
              .stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      return new TopicRange(
          topic,
          offsets(admin, partitions, OffsetSpec.earliest()),
          offsets(admin, partitions, OffsetSpec.latest()));
    } catch (KafkaException e) {
      throw unreachable(topic, bootstrapServers, e);
    } catch (ExecutionException | TimeoutException e) {
      throw unreachable(topic, bootstrapServers, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SampleException("interrupted while asking for the ends of topic " + topic, e);
    }
  }

  private static SampleException unreachable(String topic, String servers, Throwable cause) {
    String why = cause.getMessage() == null ? "no answer in time" : cause.getMessage();
    return new SampleException(
        "topic %s at %s cannot be read (%s); see that the name is right and the cluster runs"
            .formatted(topic, servers, why),
        cause);
  }

  private static SortedMap<Integer, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    SortedMap<Integer, Long> offsets = new TreeMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    return offsets;
  }
}
