package dev.moonflow.training.sample.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMERIC|42|The answer is 42.|true",
        "NUMERIC|42|40 + 2 = 42.0|true",
        "NUMERIC|1,234.50|1234.5|true",
        "NUMERIC|42|43|false",
        "NUMERIC|42|none|false",
        "NUMERIC|-3|It is -3|true",
        "CHOICE|B|B|true",
        "CHOICE|B|(b) Paris|true",
        "CHOICE|B|The answer is B.|true",
        "CHOICE|B|Because it is so|false",
        "CHOICE|B|A|false",
        "NORMALISED|The Red Circle|red circle.|true",
        "NORMALISED|12.5 kg|12.5  KG|true",
        "NORMALISED|red|read|false",
        "EXACT|a b| a b|true",
        "EXACT|a b|A b|false",
        "NUMERIC|42|◁think▷maybe 41◁/think▷42|true",
        "NUMERIC|42|◁think▷42◁/think▷41|false",
        "NUMERIC|42|◁think▷it is 42|false"
      })
  void answers(Checkers checker, String expected, String given, boolean accepted) {
    assertThat(checker.accepts(expected, given)).isEqualTo(accepted);
  }
}
