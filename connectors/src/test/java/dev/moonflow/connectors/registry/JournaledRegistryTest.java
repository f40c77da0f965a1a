package dev.moonflow.connectors.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is started again on its journal knows what it knew, under the same ids. */
class JournaledRegistryTest {
  @TempDir Path folder;
  private Path journal;

  @BeforeEach
  void nameTheJournal() {
    journal = folder.resolve("schemas.jsonl");
  }

  private Map<String, Integer> register(List<Topics> topics) throws Exception {
    Map<String, Schema> schemas = new HashMap<>();
    topics.forEach(topic -> schemas.put(topic.defaultName(), topic.schema()));
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(0, journal)) {
      return SchemaRegistration.registerAll(RegistrySettings.of(registry.url()), schemas);
    }
  }

  @Test
  void idsOutliveARestart() throws Exception {
    Map<String, Integer> first = register(List.of(Topics.IMAGES, Topics.QUESTIONS));
    Map<String, Integer> all = register(Topics.avro());
    assertThat(all).containsAllEntriesOf(first).hasSize(Topics.avro().size());
    assertThat(register(Topics.avro())).isEqualTo(all);
    assertThat(Files.readAllLines(journal)).hasSize(Topics.avro().size());
  }

  @Test
  void aTornLastLineIsNoRegistration() throws Exception {
    Map<String, Integer> first = register(List.of(Topics.IMAGES));
    Files.writeString(journal, "{\"subject\":\"half", UTF_8, StandardOpenOption.APPEND);
    Map<String, Integer> again = register(List.of(Topics.IMAGES, Topics.OCR));
    assertThat(again).containsAllEntriesOf(first);
    assertThat(Files.readAllLines(journal)).hasSize(2);
  }
}
