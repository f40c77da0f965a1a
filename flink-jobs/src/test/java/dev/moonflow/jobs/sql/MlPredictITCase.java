package dev.moonflow.jobs.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.table.api.Expressions.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.ask.ImageFiles;
import dev.moonflow.model.ask.Reply;
import dev.moonflow.model.ask.VisionModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models in SQL on Flink inside this process, against the answers of the engine itself. */
class MlPredictITCase {
  private static final Path GOLDEN = Path.of(System.getProperty("moonflow.golden.dir"));
  private static final Path PICTURE = GOLDEN.resolve("images").resolve("a_37x61.png");
  private static final int TOKENS = 12;
  private static final String OPTIONS =
      "'provider' = 'moonflow', 'device' = 'cpu', 'max-new-tokens' = '"
          + TOKENS
          + "', 'path' = '"
          + GOLDEN.resolve("checkpoint")
          + "'";

  private StreamTableEnvironment tables;

  @BeforeEach
  void createTables() throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.port", "0");
    configuration.setString("restart-strategy.type", "none");
    tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.createLocalEnvironment(2, configuration));
    byte[] picture = Files.readAllBytes(PICTURE);
    tables.createTemporaryView(
        "pages",
        tables.fromValues(
            DataTypes.ROW(
                DataTypes.FIELD("id", DataTypes.INT()),
                DataTypes.FIELD("image", DataTypes.BYTES()),
                DataTypes.FIELD("prompt", DataTypes.STRING())),
            row(1, picture, null),
            row(2, picture, "How many?"),
            row(3, null, "How many?"),
            row(4, "no image".getBytes(UTF_8), null),
            row(5, null, null)));
  }

  private Map<Integer, Row> predict(String output, String options, String where) throws Exception {
    tables.executeSql(
        "CREATE MODEL reader INPUT (image BYTES, prompt STRING) OUTPUT (%s) WITH (%s%s)"
            .formatted(output, OPTIONS, options));
    tables.executeSql("CREATE TEMPORARY VIEW asked AS SELECT * FROM pages WHERE " + where);
    String sql = "SELECT * FROM ML_PREDICT(TABLE asked, MODEL reader, DESCRIPTOR(image, prompt))";
    Map<Integer, Row> rows = new HashMap<>();
    try (CloseableIterator<Row> found = tables.executeSql(sql).collect()) {
      found.forEachRemaining(row -> rows.put((Integer) row.getField("id"), row));
    }
    return rows;
  }

  @Test
  void rowsGetWhatTheEngineSays() throws Exception {
    Map<Integer, Row> rows =
        predict(
            "tokens INT, text STRING, error STRING, finish_reason STRING, prompt_tokens INT, model"
                + " STRING",
            ", 'null-image' = 'ask'",
            "id > 0");

    assertThat(rows).hasSize(5);
    try (VisionModel model = VisionModel.load(GOLDEN.resolve("checkpoint"), DeviceChoice.CPU)) {
      var picture = ImageFiles.read(PICTURE);
      Reply read = model.ask(picture, "Read all the text in this image.", TOKENS, piece -> {});
      requireEqual(rows.get(1), read, model.fingerprint());
      Reply asked = model.ask(picture, "How many?", TOKENS, piece -> {});
      requireEqual(rows.get(2), asked, model.fingerprint());
      Reply text = model.ask(null, "How many?", TOKENS, piece -> {});
      requireEqual(rows.get(3), text, model.fingerprint());
    }
    assertThat(rows.get(4).getField("text")).isNull();
    assertThat(rows.get(4).getFieldAs("error").toString()).contains("neither JPEG, PNG");
    assertThat(rows.get(5).getField("text")).isNull();
    assertThat(rows.get(5).getField("error")).isNull();
  }

  private static void requireEqual(Row row, Reply reply, String fingerprint) {
    assertThat(row.getField("text")).isEqualTo(reply.text()).isNotEqualTo("");
    assertThat(row.getField("error")).isNull();
    assertThat(row.getField("tokens")).isEqualTo(reply.tokens().length);
    assertThat(row.getField("prompt_tokens")).isEqualTo(reply.promptTokens());
    assertThat(row.getField("finish_reason"))
        .isEqualTo(reply.reason().name().toLowerCase(Locale.ROOT));
    assertThat(row.getField("model")).isEqualTo(fingerprint);
  }

  @Test
  void aRowWithoutAnImageIsNotAskedAndAnAnswerKeepsToItsForm() throws Exception {
    Map<Integer, Row> rows = predict("text STRING", ", 'choices' = 'red;green'", "id IN (2, 3)");
    assertThat(rows.get(2).getField("text")).isIn("red", "green");
    assertThat(rows.get(3).getField("text")).isNull();
  }

  @Test
  void withoutAColumnForItAnErrorFailsTheQueryAndTellsNothingOfTheRow() {
    assertThatThrownBy(() -> predict("text STRING", "", "id = 4"))
        .satisfies(
            error -> {
              String all = ExceptionUtils.stringifyException(error);
              assertThat(all).contains("Model reader could not answer a row: the file is neither");
              assertThat(all).doesNotContain("with input row");
            });
  }

  @Test
  void aModelThatWouldWaitLongerThanFlinkIsRefused() {
    assertThatThrownBy(() -> predict("text STRING", ", 'timeout' = '5 min'", "id = 1"))
        .isInstanceOf(ValidationException.class)
        .hasMessage(
            "Model reader cannot use the option 'timeout': it must be below"
                + " table.exec.async-ml-predict.timeout (180000 ms), got 300000 ms.");
  }
}
