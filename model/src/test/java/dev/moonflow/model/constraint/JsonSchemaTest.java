package dev.moonflow.model.constraint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {
  private static final String INVOICE =
      """
      {"type": "object", "title": "an invoice", "required": ["number", "total"], "properties": {
        "number": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{1,6}$"},
        "paid": {"type": "boolean"},
        "total": {"type": "number", "minimum": 0},
        "lines": {"type": "array", "maxItems": 3, "items": {"enum": ["paper", "ink"]}}}}
      """;

  @Test
  void randomSchemasAcceptOnlyWhatTheValidatorAccepts() throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 400; round++) {
      JsonNode schema = RandomSchema.draw(random, 3);
      ByteAutomaton automaton = new Constraint.JsonSchema(schema.toString()).compile();
      for (int i = 0; i < 30; i++) {
        String text = new String(RandomWalk.answer(automaton, random, random.nextInt(60)), UTF_8);
        assertThat(SchemaValidator.accepts(schema, text)).as("%s on %s", schema, text).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"number\":\"AB-17\",\"total\":0}",
        "{\"number\": \"AB-17\", \"paid\": true, \"total\": 12.50, \"lines\": [\"ink\", \"paper\"]}",
        "{\"number\":\"AB-17\",\"total\":3,\"lines\":[]}",
      })
  void whatFitsIsAccepted(String json) throws Exception {
    ByteAutomaton automaton = new Constraint.JsonSchema(INVOICE).compile();
    assertThat(automaton.accepts(json.getBytes(UTF_8))).isTrue();
    for (int cut = 0; cut < json.length(); cut++) {
      assertThat(automaton.accepts(json.substring(0, cut).getBytes(UTF_8))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"number\":\"AB-17\"}",
        "{\"total\":1,\"number\":\"AB-17\"}",
        "{\"number\":\"ab-17\",\"total\":1}",
        "{\"number\":\"AB-17\",\"total\":-1}",
        "{\"number\":\"AB-17\",\"total\":1,\"more\":2}",
        "{\"number\":\"AB-17\",\"total\":1,}",
        "{\"number\":\"AB-17\",\"total\":1,\"lines\":[\"ink\",\"ink\",\"ink\",\"ink\"]}",
        "{\"number\":\"AB-17\",\"total\":01}",
      })
  void whatDoesNotFitIsNot(String json) throws Exception {
    assertThat(new Constraint.JsonSchema(INVOICE).compile().accepts(json.getBytes(UTF_8)))
        .isFalse();
  }

  @Test
  void optionalPropertiesMayAllBeLeftOut() throws Exception {
    ByteAutomaton automaton =
        new Constraint.JsonSchema(
                "{\"properties\": {\"a\": {\"type\": \"null\"}, \"b\": {\"type\": \"null\"}}}")
            .compile();
    for (String json :
        new String[] {"{}", "{\"a\":null}", "{\"b\":null}", "{\"a\":null,\"b\":null}"}) {
      assertThat(automaton.accepts(json.getBytes(UTF_8))).as(json).isTrue();
    }
    assertThat(automaton.accepts("{,\"b\":null}".getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"type\": \"object\"; the JSON schema is not JSON",
        "[]; at # must be an object",
        "{}; at # has none of type",
        "{\"type\": \"tuple\"}; has the type \"tuple\", which is not understood",
        "{\"properties\": {\"a\": {\"$ref\": \"#\"}}}; at #/properties/a has the keyword \"$ref\"",
        "{\"type\": \"object\", \"required\": [\"x\"]}; names \"x\", which is no property",
        "{\"type\": \"object\", \"additionalProperties\": true}; additionalProperties must be false",
        "{\"type\": \"array\"}; is an array without items",
        "{\"type\": \"array\", \"minItems\": 3, \"maxItems\": 2}; minItems 3 above its maxItems 2",
        "{\"type\": \"string\", \"minLength\": -1}; must be a whole number",
        "{\"type\": \"string\", \"pattern\": \"(\"}; at #/pattern cannot be used",
        "{\"type\": \"integer\", \"minimum\": 5, \"maximum\": 4}; no number is at least 5 and at most 4",
        "{\"enum\": []}; must hold 1 to 10000 values",
        "{\"type\": \"string\", \"maxLength\": 100000}; too large",
        "{\"type\": \"string\", \"pattern\": \"^[^\\\\s\\\\S]$\"}; accepts no answer",
      })
  void schemasThatCannotBeAreRefusedInASentence(String schema, String sentence) {
    assertThatThrownBy(() -> new Constraint.JsonSchema(schema).compile())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining(sentence)
        .hasMessageEndingWith(".");
  }

  @Test
  void nestingEnds() {
    String schema = "{\"type\": \"null\"}";
    for (int i = 0; i < 20; i++) {
      schema = "{\"type\": \"array\", \"items\": " + schema + "}";
    }
    String deep = schema;
    assertThatThrownBy(() -> new Constraint.JsonSchema(deep).compile())
        .hasMessageContaining("nested more than 16 deep");
  }
}
