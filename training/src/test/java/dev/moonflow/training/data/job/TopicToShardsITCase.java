package dev.moonflow.training.data.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.schemas.TrainingSample;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.SampleMaker;
import dev.moonflow.training.sample.ShardSet;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicToShardsITCase {
  private static final String TOPIC = "samples";

  @TempDir Path folder;

  @Test
  void aTopicBecomesShardsAndWhatComesLaterStaysOut() throws Exception {
    List<Sample> samples = SampleMaker.make(500, 40);
    try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
        EmbeddedRegistry registry = EmbeddedRegistry.start()) {
      broker.createTopics(List.of(TOPIC), 3);
      int id =
          SchemaRegistration.registerAll(
                  RegistrySettings.of(registry.url()),
                  Map.of(TOPIC, TrainingSample.getClassSchema()))
              .get(TOPIC);
      publish(broker.bootstrapServers(), id, samples);
      Origin.Topic origin =
          new Origin.Topic(
              broker.bootstrapServers(),
              TOPIC,
              registry.url(),
              Map.of(),
              TopicEnds.of(broker.bootstrapServers(), TOPIC, Map.of()));
      publish(broker.bootstrapServers(), id, SampleMaker.make(900, 5));
      DataRecipe recipe = new DataRecipe(origin, 3, 4, List.of(), DataRecipe.Filters.NONE, 0);
      new DataJob(recipe, folder.resolve("out")).run(2);
      List<Sample> read = new ArrayList<>();
      try (ShardSet set = ShardSet.open(folder.resolve("out"))) {
        set.forEach(read::add);
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(samples);

      try (KafkaProducer<byte[], byte[]> producer = producer(broker.bootstrapServers())) {
        producer.send(new ProducerRecord<>(TOPIC, 1, null, new byte[] {0, 0, 0, 0, 99, 1})).get();
      }
      Origin.Topic again =
          new Origin.Topic(
              broker.bootstrapServers(),
              TOPIC,
              registry.url(),
              Map.of(),
              TopicEnds.of(broker.bootstrapServers(), TOPIC, Map.of()));
      DataRecipe bad = new DataRecipe(again, 3, 4, List.of(), DataRecipe.Filters.NONE, 0);
      assertThatThrownBy(() -> new DataJob(bad, folder.resolve("bad")).run(1))
          .hasMessageContaining("record samples-1@")
          .hasMessageContaining("no training example");
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void publish(String servers, int id, List<Sample> samples) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(servers)) {
      for (Sample sample : samples) {
        byte[] body = SampleCodec.encode(sample);
        ByteBuffer value = ByteBuffer.allocate(5 + body.length);
        value.put((byte) 0).putInt(id).put(body);
        producer.send(new ProducerRecord<>(TOPIC, value.array())).get();
      }
    }
  }
}
