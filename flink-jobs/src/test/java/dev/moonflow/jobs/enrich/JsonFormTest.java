package dev.moonflow.jobs.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormTest {
  static Settings settings() {
    return Settings.of(
        Map.of(
            "moonflow.kafka.bootstrap-servers", "b:1",
            "moonflow.registry.url", "http://r",
            "moonflow.model.path", "/m",
            "moonflow.enrich.topic", "claims",
            "moonflow.enrich.to", "claims-read",
            "moonflow.enrich.prompt", "{id} {a.b} {a.list.1} {n} {o}",
            "moonflow.enrich.image-field", "photo"));
  }

  private static RecordForm form(Settings settings) {
    return RecordForm.of(EnrichSettings.of(settings));
  }

  private static RecordFields read(String json) throws Exception {
    return form(settings()).read(json.getBytes(UTF_8));
  }

  @Test
  void fieldsAreReadAsTheyAreWritten() throws Exception {
    RecordFields fields =
        read(
            "{\"n\":1.50e+3,\"a\":{\"x\":[{}],\"b\":\"é\\n\",\"list\":[1,20000000000000000000]},"
                + " \"id\":true, \"o\":{ \"k\": [ 1 ] }, \"photo\":\"AAA=\", \"n2\":null}");
    assertThat(fields.texts())
        .containsEntry("n", "1.50e+3")
        .containsEntry("a.b", "é\n")
        .containsEntry("a.list.1", "20000000000000000000")
        .containsEntry("id", "true")
        .containsEntry("o", "{ \"k\": [ 1 ] }");
    assertThat(fields.image()).isEqualTo("AAA=");
    assertThat(read("{\"photo\":null}").image()).isNull();
    assertThat(read("{\"photo\":null,\"a\":{\"b\":1}}").texts()).doesNotContainKey("id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"a\": 1.0 , \"b\":[1e5,\"\\u00e9\"]\n}\n",
        "{\"deep\":{\"answer\":1}}",
        "{\"é€😀\":\"}\"}",
      })
  void everythingElseStaysByteForByte(String json) throws Exception {
    byte[] extended = form(settings()).extend(json.getBytes(UTF_8), "say \"é\"\n");
    String text = new String(extended, UTF_8);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode expected = (ObjectNode) mapper.readTree(json);
    expected.put("answer", "say \"é\"\n");
    assertThat(mapper.readTree(text)).isEqualTo(expected);
    String inserted = "\"answer\":\"say \\\"é\\\"\\n\"";
    assertThat(text.replace("," + inserted, "").replace(inserted, "")).isEqualTo(json);
  }

  @Test
  void theTypeOfTheAnswerComesFromItsConstraint() throws Exception {
    RecordForm number = form(settings().with("moonflow.enrich.number", "decimal 0..9"));
    assertThat(new String(number.extend("{\"a\":1}".getBytes(UTF_8), "3.5"), UTF_8))
        .isEqualTo("{\"a\":1,\"answer\":3.5}");
    RecordForm json = form(settings().with("moonflow.enrich.json-schema", "{\"enum\": [{}]}"));
    assertThat(new String(json.extend("{\"a\":1}".getBytes(UTF_8), "{}"), UTF_8))
        .isEqualTo("{\"a\":1,\"answer\":{}}");
    assertThat(new String(json.extend("{}".getBytes(UTF_8), null), UTF_8))
        .isEqualTo("{\"answer\":null}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1]; is not a JSON object",
        "{\"a\":1; is not JSON at byte",
        "{\"a\":1}}; is not JSON at byte",
        "{\"a\":1} 2; goes on behind its JSON object",
        "{\"a\":1,\"a\":2}; Duplicate field 'a'",
        "not json; is not JSON at byte",
        "{\"answer\":1}; Field answer is there already",
      })
  void whatIsNoRecordIsRefused(String json, String sentence) {
    assertThatThrownBy(() -> read(json)).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "moonflow.enrich.prompt; a {; moonflow.enrich.prompt has a { at 2",
        "moonflow.enrich.to; claims; moonflow.enrich.to must not name a topic of another use",
        "moonflow.enrich.to; moonflow.ocr; moonflow.enrich.to must not name a topic of another use",
        "moonflow.enrich.regex; (; moonflow.enrich cannot be used: the regular expression at 0",
        "moonflow.enrich.json-schema; {\"type\": \"tuple\"}; moonflow.enrich cannot be used",
        "moonflow.enrich.answer-field; a.b; must not have a point in it",
      })
  void settingsThatCannotWorkAreRefused(String key, String value, String sentence) {
    assertThatThrownBy(() -> EnrichSettings.of(settings().with(key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void moreThanOneConstraintIsRefused() {
    Settings both =
        settings().with("moonflow.enrich.regex", "a").with("moonflow.enrich.number", "integer");
    assertThatThrownBy(() -> EnrichSettings.of(both)).hasMessageContaining("at most one of");
  }
}
