package dev.moonflow.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.settings.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogModel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class SqlModelCheckTest {
  private static final Column IMAGE = Column.physical("image", DataTypes.BYTES());
  private static final Column PROMPT = Column.physical("prompt", DataTypes.STRING());
  private static final Column TEXT = Column.physical("text", DataTypes.STRING());
  private static final Column ERROR = Column.physical("error", DataTypes.STRING());

  private static SqlModel read(
      List<Column> inputs, List<Column> outputs, Map<String, String> options) {
    ResolvedSchema input = ResolvedSchema.of(inputs);
    ResolvedSchema output = ResolvedSchema.of(outputs);
    CatalogModel model =
        CatalogModel.of(
            Schema.newBuilder().fromResolvedSchema(input).build(),
            Schema.newBuilder().fromResolvedSchema(output).build(),
            options,
            null);
    return SqlModelCheck.read("reader", ResolvedCatalogModel.of(model, input, output));
  }

  private static SqlModel read(String... options) {
    Map<String, String> all = new HashMap<>(Map.of("provider", "moonflow", "path", "m"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return read(List.of(IMAGE, PROMPT), List.of(TEXT, ERROR), all);
  }

  private static void refused(String sentence, String... options) {
    assertThatThrownBy(() -> read(options))
        .isInstanceOf(ValidationException.class)
        .hasMessage(sentence);
  }

  private static void refused(String sentence, List<Column> inputs, List<Column> outputs) {
    assertThatThrownBy(() -> read(inputs, outputs, Map.of("path", "m")))
        .isInstanceOf(ValidationException.class)
        .hasMessage(sentence);
  }

  @Test
  void optionsAreTheSettingsOfTheJobByShorterNames() throws Exception {
    SqlModel model =
        InstantiationUtil.clone(
            read("task", "caption", "engine.requests-running", "7", "timeout", "3 s"));
    assertThat(model.settings().get(ModelOptions.REQUESTS_RUNNING)).isEqualTo(7);
    assertThat(model.prompt()).isEqualTo("Describe this image.");
    assertThat(model.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(read("prompt", "Total?").prompt()).isEqualTo("Total?");
    assertThat(model.imageColumn()).isZero();
    assertThat(model.promptColumn()).isEqualTo(1);
  }

  @Test
  void anErrorFailsTheQueryUnlessThereIsAColumnForIt() {
    assertThat(read().failsOnError()).isFalse();
    assertThat(read("on-error", "fail").failsOnError()).isTrue();
    Map<String, String> path = Map.of("path", "m");
    assertThat(read(List.of(IMAGE), List.of(TEXT), path).failsOnError()).isTrue();
    assertThatThrownBy(
            () -> read(List.of(IMAGE), List.of(TEXT), Map.of("path", "m", "on-error", "null")))
        .hasMessage(
            "Model reader cannot use the option 'on-error': it is null, and the OUTPUT declares no"
                + " column error STRING to say why.");
  }

  @Test
  void whatCannotWorkIsNamedInOneSentence() {
    refused("Model reader has no option 'tsk'; did you mean 'task'?", "tsk", "ocr");
    refused(
        "Model reader cannot use the option 'task': it cannot be read from \"read\".",
        "task",
        "read");
    refused(
        "Model reader cannot use the option 'engine.requests-running': must lie in 1 to 4096, got"
            + " 0.",
        "engine.requests-running",
        "0");
    refused(
        "Model reader cannot use the option 'engine.context-tokens': it must not be above"
            + " engine.cache-tokens (100), got 32768.",
        "engine.cache-tokens",
        "100");
    assertThatThrownBy(() -> read(List.of(IMAGE), List.of(TEXT), Map.of()))
        .hasMessage(
            "Model reader needs the option 'path', the folder of a checkpoint on every TaskManager.");
    assertThatThrownBy(() -> read("choices", "a;b", "regex", "c"))
        .hasMessageContaining("'choices', 'regex', 'number' and 'json-schema'");
  }

  @Test
  void aWrongSchemaIsNamedInOneSentence() {
    List<Column> image = List.of(IMAGE);
    refused(
        "Model reader declares the input column picture; it takes image BYTES and prompt STRING, or"
            + " one of them.",
        List.of(Column.physical("picture", DataTypes.BYTES())),
        List.of(TEXT));
    refused(
        "Model reader declares the input column image as STRING; it must be BYTES.",
        List.of(Column.physical("image", DataTypes.STRING())),
        List.of(TEXT));
    refused(
        "Model reader declares the output column text as INT; it must be STRING.",
        image,
        List.of(Column.physical("text", DataTypes.INT())));
    refused(
        "Model reader declares the output column boxes; it has text STRING, error STRING, thinking"
            + " STRING, finish_reason STRING, tokens INT, prompt_tokens INT, model STRING.",
        image,
        List.of(TEXT, Column.physical("boxes", DataTypes.STRING())));
    refused("Model reader declares no output column text STRING.", image, List.of(ERROR));
    refused(
        "Model reader declares the output column text as NOT NULL; a row that gets no answer has"
            + " none.",
        image,
        List.of(Column.physical("text", DataTypes.STRING().notNull())));
  }

  @Test
  void theReferencePageIsUpToDate() throws Exception {
    Path page = Path.of(System.getProperty("moonflow.root.dir"), "docs", "sql-options.md");
    assertThat(Files.readString(page))
        .as("write it anew with SqlOptions.main %s", page)
        .isEqualTo(SqlOptions.page());
  }
}
