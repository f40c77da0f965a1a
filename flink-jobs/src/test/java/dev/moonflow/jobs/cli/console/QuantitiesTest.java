package dev.moonflow.jobs.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

  @Test
  void oneIsSingular() {
    assertThat(Quantities.count(1, "event")).isEqualTo("1 event");
    assertThat(Quantities.count(0, "event")).isEqualTo("0 events");
  }

  @Test
  void sizesHaveTheUnitThatKeepsThemShort() {
    assertThat(Quantities.bytes(1023)).isEqualTo("1023 bytes");
    assertThat(Quantities.bytes(1536)).isEqualTo("1.5 KB");
    assertThat(Quantities.bytes(3L << 30)).isEqualTo("3.0 GB");
  }

  @Test
  void timesHaveTheUnitThatKeepsThemShort() {
    assertThat(Quantities.time(Duration.ofMillis(420))).isEqualTo("0.4 s");
    assertThat(Quantities.time(Duration.ofMillis(61_400))).isEqualTo("61 s");
    assertThat(Quantities.time(Duration.ofSeconds(185))).isEqualTo("3 min 5 s");
  }
}
