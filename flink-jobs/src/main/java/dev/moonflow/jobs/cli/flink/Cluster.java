package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** The Kafka cluster of some settings: whether it answers, and which topics it has. */
public final class Cluster implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 15;

  private final String bootstrap;
  private final Admin admin;

  /**
   * Opens a connection; nothing is sent yet.
   *
   * @throws UserException if the address or a client property is not well formed
   */
  public Cluster(Settings settings) {
    bootstrap = settings.get(KafkaOptions.BOOTSTRAP_SERVERS);
    Map<String, Object> properties = clientProperties(settings);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new UserException("Kafka at " + bootstrap + " cannot be used: " + why + ".", e);
    }
  }

  /** Properties of every Kafka client under some settings. */
  public static Map<String, Object> clientProperties(Settings settings) {
    Map<String, Object> properties = new HashMap<>(settings.get(KafkaOptions.PROPERTIES));
    properties.put(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
    return properties;
  }

  /**
   * The topics among {@code names} that do not exist.
   *
   * @throws UserException if the cluster does not answer
   */
  public Set<String> missing(Collection<String> names) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(get(admin.listTopics().names()));
    return missing;
  }

  /**
   * Does nothing when all topics exist.
   *
   * @throws UserException naming those that do not, and what to do
   */
  public void require(Collection<String> names, String remedy) {
    Set<String> missing = missing(names);
    if (!missing.isEmpty()) {
      throw new UserException(
          (missing.size() == 1 ? "Topic " : "Topics ")
              + String.join(", ", missing)
              + (missing.size() == 1 ? " does" : " do")
              + " not exist at "
              + bootstrap
              + "; "
              + remedy
              + ".");
    }
  }

  /** Creates the topics that do not exist, with the cluster's default replication. */
  public void create(Collection<String> names, int partitions) {
    List<NewTopic> topics =
        names.stream()
            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
            .toList();
    for (KafkaFuture<Void> made : admin.createTopics(topics).values().values()) {
      try {
        get(made);
      } catch (UserException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }

  private <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw silent(e.getCause());
      }
      throw new UserException(
          "Kafka at " + bootstrap + " refused: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while waiting for Kafka at " + bootstrap + ".", e);
    }
  }

  private UserException silent(Throwable cause) {
    return new UserException(
        "Kafka at "
            + bootstrap
            + " did not answer within "
            + TIMEOUT_SECONDS
            + " s; is it running, and is --bootstrap right?",
        cause);
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ofSeconds(1));
  }
}
