package dev.moonflow.connectors.embedded;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The creation of topics on a broker of one node. */
final class TopicCreation {
  private static final short REPLICAS = 1;
  private static final long PAUSE_MS = 20;

  private TopicCreation() {}

  static void createMissing(
      Admin admin, Collection<String> names, int partitions, Duration readyWithin)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<NewTopic> topics =
        Set.copyOf(names).stream().map(name -> new NewTopic(name, partitions, REPLICAS)).toList();
    Map<String, KafkaFuture<Void>> created = admin.createTopics(topics).values();
    for (KafkaFuture<Void> topic : created.values()) {
      try {
        topic.get(readyWithin.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    long deadline = System.nanoTime() + readyWithin.toNanos();
    while (!haveLeaders(admin, names)) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("no leader within " + readyWithin);
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  private static boolean haveLeaders(Admin admin, Collection<String> names)
      throws ExecutionException, InterruptedException {
    try {
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .map(TopicDescription::partitions)
          .flatMap(List::stream)
          .allMatch(partition -> partition.leader() != null);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }
}
