package dev.moonflow.jobs.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void fieldsStandWhereTheyAreNamed() throws Exception {
    Template template = Template.parse("{a.b}: is {{this}} a {kind}? {a.b}");
    assertThat(template.fields()).containsExactly("a.b", "kind");
    assertThat(template.fill(Map.of("a.b", "{kind}", "kind", "box")))
        .isEqualTo("{kind}: is {this} a box? {kind}");
    assertThat(Template.parse("plain").fill(Map.of())).isEqualTo("plain");
  }

  @Test
  void aFieldThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Template.parse("a {x.y} b").fill(Map.of()))
        .hasMessage("Field x.y is missing, and the prompt of moonflow.enrich.prompt needs it.");
  }

  @Test
  void bracesThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> Template.parse("a {")).hasMessageContaining("a { at 2");
    assertThatThrownBy(() -> Template.parse("{}")).hasMessageContaining("a { at 0");
    assertThatThrownBy(() -> Template.parse("{a{b}")).hasMessageContaining("a { at 0");
    assertThatThrownBy(() -> Template.parse("a } b")).hasMessageContaining("a } at 2");
  }
}
