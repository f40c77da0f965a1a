package dev.moonflow.training.data.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.schemas.TrainingSample;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.SampleMaker;
import dev.moonflow.training.sample.ShardSet;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
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
      String servers = broker.bootstrapServers();
      Path out = folder.resolve("out");
      DataRecipe begun = recipe(out, servers, registry.url());
      publish(servers, id, SampleMaker.make(900, 5));
      assertThat(TopicEnds.range(servers, TOPIC, Map.of()).records()).isEqualTo(45);
      Manifest first = new DataJob(begun, out).run(2);
      List<Sample> read = new ArrayList<>();
      try (ShardSet set = ShardSet.open(out)) {
        set.forEach(read::add);
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(samples);

      // A run that is started again reads the same records, though the topic has grown.
      publish(servers, id, SampleMaker.make(2000, 3));
      Files.delete(out.resolve(Manifest.FILE));
      Files.delete(out.resolve("shard-00002.avro"));
      DataRecipe again = recipe(out, servers, registry.url());
      assertThat(again).isEqualTo(begun);
      assertThat(new DataJob(again, out).run(1)).isEqualTo(first);

      try (KafkaProducer<byte[], byte[]> producer = producer(servers)) {
        producer.send(new ProducerRecord<>(TOPIC, 1, null, new byte[] {0, 0, 0, 0, 99, 1})).get();
      }
      DataRecipe bad = recipe(folder.resolve("bad"), servers, registry.url());
      assertThatThrownBy(() -> new DataJob(bad, folder.resolve("bad")).run(1))
          .hasMessageContaining("record samples-1@")
          .hasMessageContaining("no training example");

      // Records that the run began with and that are no longer there are not passed over.
      Files.delete(out.resolve(Manifest.FILE));
      truncate(servers);
      assertThatThrownBy(() -> recipe(out, servers, registry.url()))
          .isInstanceOf(SampleException.class)
          .hasMessageContaining("no longer has all records that the run began with");
    }
  }

  private static DataRecipe recipe(Path out, String servers, String registry) throws Exception {
    TopicRange range = TopicRange.of(out, servers, TOPIC, Map.of());
    Origin origin = new Origin.Topic(servers, TOPIC, registry, Map.of(), range.ends());
    return new DataRecipe(origin, 3, 4, List.of(), DataRecipe.Filters.NONE, 0);
  }

  private static void truncate(String servers) throws Exception {
    Map<TopicPartition, RecordsToDelete> before = new HashMap<>();
    for (int partition = 0; partition < 3; partition++) {
      before.put(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(1));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.deleteRecords(before).all().get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void publish(String servers, int id, List<Sample> samples) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(servers)) {
      int partition = 0; // in turn, so that none stays empty
      for (Sample sample : samples) {
        byte[] body = SampleCodec.encode(sample);
        ByteBuffer value = ByteBuffer.allocate(5 + body.length);
        value.put((byte) 0).putInt(id).put(body);
        producer.send(new ProducerRecord<>(TOPIC, partition, null, value.array())).get();
        partition = (partition + 1) % 3;
      }
    }
  }
}
