package dev.moonflow.connectors.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What a transactional sink needs to know.
 *
 * @param bootstrapServers {@code host:port} list of the cluster
 * @param transactionalIdPrefix begins every transactional id of the sink; unique per sink and job,
 *     and the same after a restart
 * @param transactionTimeout after which the broker aborts an open transaction: longer than the
 *     checkpoint interval and the longest restart together, and at most the broker's {@code
 *     transaction.max.timeout.ms}
 * @param clientProperties passed to the Kafka producer as they are, for TLS, SASL and tuning
 */
public record KafkaSinkSettings(
    String bootstrapServers,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Map<String, String> clientProperties)
    implements Serializable {

  /** The timeout that is used where none is given: what brokers allow by default, 15 minutes. */
  public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  public KafkaSinkSettings {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(transactionalIdPrefix, "transactionalIdPrefix");
    Objects.requireNonNull(transactionTimeout, "transactionTimeout");
    clientProperties = Map.copyOf(clientProperties);
    if (transactionalIdPrefix.isBlank()) {
      throw new IllegalArgumentException("transactional id prefix must not be blank");
    }
    if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "transaction timeout must be from 1 ms to 2147483647 ms: " + transactionTimeout);
    }
  }

  /** A sink with the default timeout and no further properties. */
  public static KafkaSinkSettings of(String bootstrapServers, String transactionalIdPrefix) {
    return new KafkaSinkSettings(
        bootstrapServers, transactionalIdPrefix, DEFAULT_TRANSACTION_TIMEOUT, Map.of());
  }
}
