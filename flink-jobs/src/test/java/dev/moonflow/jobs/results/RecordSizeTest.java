package dev.moonflow.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSizeTest {
  private static OutputRecord record(int bytes) {
    return new OutputRecord(
        "t", new byte[10], new byte[bytes], List.of(RecordHeader.of("name", "value")), 5L);
  }

  @Test
  void aRecordThatFitsIsLeftAlone() {
    OutputRecord record = record(1_000);
    assertThat(RecordSize.of(record)).isBetween(1_019L, 1_200L);
    assertThat(RecordSize.within(record, 1_200)).isSameAs(record);
  }

  @Test
  void aRecordThatDoesNotFitLosesItsValueAndSaysSo() {
    OutputRecord cut = RecordSize.within(record(1_000), 1_000);
    assertThat(cut.value()).isNull();
    assertThat(cut.key()).hasSize(10);
    assertThat(cut.headers())
        .containsExactly(
            RecordHeader.of("name", "value"), RecordHeader.of(RecordSize.VALUE_OMITTED, "1000"));
  }
}
