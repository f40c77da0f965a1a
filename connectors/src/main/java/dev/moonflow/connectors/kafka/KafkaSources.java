package dev.moonflow.connectors.kafka;

import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Sources of raw records. */
public final class KafkaSources {
  private KafkaSources() {}

  /**
   * A source of one topic's records, undecoded. Aborted transactions of publishers are not seen
   * unless the client properties say so.
   */
  public static KafkaSource<RawRecord> of(KafkaSourceSettings settings) {
    KafkaSourceBuilder<RawRecord> builder =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setTopics(settings.topic())
            .setGroupId(settings.group())
            // Sources share a JVM: without a prefix of their own their metrics overwrite each
            // other.
            .setClientIdPrefix(settings.group() + "-" + settings.topic())
            .setStartingOffsets(offsets(settings.start()))
            .setDeserializer(new RawRecords())
            .setProperties(properties(settings));
    return settings.bounded()
        ? builder.setBounded(OffsetsInitializer.latest()).build()
        : builder.build();
  }

  private static OffsetsInitializer offsets(StartingPoint start) {
    return switch (start) {
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
    };
  }

  private static Properties properties(KafkaSourceSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("isolation.level", "read_committed");
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.putAll(settings.clientProperties());
    return properties;
  }
}
