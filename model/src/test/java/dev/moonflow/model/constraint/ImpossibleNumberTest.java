package dev.moonflow.model.constraint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of which only the text is short. */
class ImpossibleNumberTest {
  @ParameterizedTest
  @ValueSource(strings = {"1e4294967296", "-1e99999999999", "1e-4294967296"})
  void anExponentThatNoNumberHasIsRefused(String number) {
    String schema = "{\"type\":\"integer\",\"minimum\":" + number + "}";
    assertThatThrownBy(() -> new Constraint.JsonSchema(schema).compile())
        .isInstanceOf(ConstraintException.class)
        .hasMessageContaining("JSON schema");
  }
}
