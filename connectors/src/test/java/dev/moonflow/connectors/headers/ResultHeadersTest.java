package dev.moonflow.connectors.headers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.schemas.Provenance;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultHeadersTest {
  @Test
  void provenanceIsWrittenAsText() {
    Provenance provenance =
        Provenance.newBuilder()
            .setModelFingerprint("abc123")
            .setSourceTopic("images")
            .setSourcePartition(4)
            .setSourceOffset(5_000_000_000L)
            .setSeed(-7)
            .build();
    assertThat(ProvenanceHeaders.of(provenance))
        .containsExactly(
            RecordHeader.of("moonflow.model.fingerprint", "abc123"),
            RecordHeader.of("moonflow.source.topic", "images"),
            RecordHeader.of("moonflow.source.partition", "4"),
            RecordHeader.of("moonflow.source.offset", "5000000000"),
            RecordHeader.of("moonflow.seed", "-7"));
  }

  @Test
  void traceContextAndCloudEventsArePassedOnInTheirOrderAndNothingElseIs() {
    List<RecordHeader> headers =
        List.of(
            RecordHeader.of("ce_id", "1"),
            RecordHeader.of("secret", "x"),
            RecordHeader.of("traceparent", "00-a-b-01"),
            RecordHeader.of("tracestate", "v=1"),
            RecordHeader.of("__connect.errors.topic", "t"),
            new RecordHeader("ce_source", null));
    assertThat(PassThroughHeaders.of(headers))
        .extracting(RecordHeader::name)
        .containsExactly("ce_id", "traceparent", "tracestate", "ce_source");
  }

  @Test
  void theLastHeaderOfANameCounts() {
    List<RecordHeader> headers = List.of(RecordHeader.of("a", "1"), RecordHeader.of("a", "2"));
    assertThat(RecordHeader.last(headers, "a")).map(RecordHeader::text).contains("2");
    assertThat(RecordHeader.last(headers, "b")).isEmpty();
  }
}
