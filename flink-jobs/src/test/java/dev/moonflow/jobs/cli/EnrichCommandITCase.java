package dev.moonflow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.constraint.Constraint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of enrichment, as its README shows it. */
class EnrichCommandITCase {
  private static final Path EXAMPLE = CommandRun.root().resolve("examples/enrichment");
  private static final String MODEL =
      Path.of(System.getProperty("moonflow.golden.dir"), "checkpoint").toString();

  @TempDir Path work;

  @Test
  void theExampleGivesGoodRecordsAColourAndNamesTheBadOnes() throws Exception {
    CommandRun run =
        CommandRun.of(
            work,
            "enrich",
            EXAMPLE.resolve("parcels.jsonl").toString(),
            "-c",
            EXAMPLE.resolve("moonflow.yaml").toString(),
            "--model",
            MODEL,
            "--device",
            "cpu");
    List<String> published = Files.readAllLines(EXAMPLE.resolve("parcels.jsonl"));
    List<String> enriched = run.out().lines().toList();
    assertThat(enriched).as(run.err()).hasSize(3);
    int[] good = {0, 1, 4};
    for (int i = 0; i < good.length; i++) {
      assertThat(enriched.get(i)).containsPattern(",\"colour\":\"(red|green|blue)\"");
      assertThat(enriched.get(i).replaceFirst(",\"colour\":\"[a-z]+\"", ""))
          .isEqualTo(published.get(good[i]));
    }
    assertThat(run.err())
        .contains("record 3, ingest.check-event: Field to.city is missing")
        .contains("record 4, ingest.decode-record: the value is not JSON at byte")
        .contains("3 records enriched, 2 dead letters.");
    assertThat(run.code()).isEqualTo(ExitCodes.FAILED);
  }

  @Test
  void theExamplesSchemaAcceptsAReceipt() throws Exception {
    String schema = Files.readString(EXAMPLE.resolve("receipt.schema.json"));
    assertThat(
            new Constraint.JsonSchema(schema)
                .compile()
                .accepts("{\"total\": 12.50, \"date\": null, \"items\": []}".getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void settingsThatCannotWorkAreOneSentence() {
    String records = EXAMPLE.resolve("parcels.jsonl").toString();
    String config = EXAMPLE.resolve("moonflow.yaml").toString();
    assertThat(CommandRun.of(work, "enrich", records).err())
        .contains("Setting moonflow.enrich.topic is required and not given.");
    CommandRun run =
        CommandRun.of(
            work,
            "enrich",
            records,
            "-c",
            config,
            "--model",
            MODEL,
            "--set",
            "moonflow.enrich.json-schema={\"type\": \"tuple\"}",
            "--set",
            "moonflow.enrich.choices=");
    assertThat(run.err()).contains("\"tuple\", which is not understood").doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
  }
}
