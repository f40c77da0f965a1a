package dev.moonflow.connectors.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final List<RecordHeader> HEADERS =
      List.of(RecordHeader.of("traceparent", "00-1-2-01"), new RecordHeader("empty", null));
  private static final RawRecord SOURCE =
      new RawRecord("images", 3, 42, 1234, new byte[] {1}, new byte[] {2, 3}, HEADERS);

  private static String header(OutputRecord record, String name) {
    return RecordHeader.last(record.headers(), name).map(RecordHeader::text).orElse(null);
  }

  @Test
  void theRecordKeepsItsBytesAndHeadersAndSaysWhereAndWhy() {
    MediaRejectedException error =
        new MediaRejectedException(Reason.TRUNCATED, "the JPEG ends at byte 7, too early");
    OutputRecord letter =
        DeadLetter.of(SOURCE, "decode-image", error).toOutputRecord("dead", "moonflow", 2);
    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.key()).isEqualTo(SOURCE.key());
    assertThat(letter.value()).isEqualTo(SOURCE.value());
    assertThat(letter.timestamp()).isEqualTo(1234L);
    assertThat(letter.headers().subList(0, 2)).isEqualTo(HEADERS);
    assertThat(header(letter, "__connect.errors.topic")).isEqualTo("images");
    assertThat(header(letter, "__connect.errors.partition")).isEqualTo("3");
    assertThat(header(letter, "__connect.errors.offset")).isEqualTo("42");
    assertThat(header(letter, "__connect.errors.connector.name")).isEqualTo("moonflow");
    assertThat(header(letter, "__connect.errors.task.id")).isEqualTo("2");
    assertThat(header(letter, "__connect.errors.stage")).isEqualTo("decode-image");
    assertThat(header(letter, "__connect.errors.class.name"))
        .isEqualTo(DeadLetterTest.class.getName());
    assertThat(header(letter, "__connect.errors.exception.class.name"))
        .isEqualTo(MediaRejectedException.class.getName());
    assertThat(header(letter, "__connect.errors.exception.message"))
        .isEqualTo("the JPEG ends at byte 7, too early");
    assertThat(header(letter, "__connect.errors.exception.stacktrace"))
        .contains("MediaRejectedException", "DeadLetterTest");
    assertThat(header(letter, "moonflow.errors.page")).isNull();
  }

  @Test
  void aPageHasItsNumberAndMissingThingsStayMissing() {
    RawRecord bare = new RawRecord("documents", 0, 0, -1, null, null, List.of());
    OutputRecord letter =
        DeadLetter.ofPage(bare, "render-page", new IllegalStateException(), 7)
            .toOutputRecord("dead", "job", 0);
    assertThat(header(letter, "moonflow.errors.page")).isEqualTo("7");
    assertThat(header(letter, "__connect.errors.exception.message"))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(letter.timestamp()).isNull();
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
  }

  @Test
  void longMessagesAndTracesAreCutAndSaySo() {
    OutputRecord letter =
        DeadLetter.of(SOURCE, "s", new IllegalStateException("x".repeat(100_000)))
            .toOutputRecord("dead", "job", 0);
    assertThat(header(letter, ErrorHeaders.MESSAGE))
        .hasSizeLessThan(DeadLetter.MESSAGE_MAX + 20)
        .endsWith("... (cut)");
    assertThat(header(letter, ErrorHeaders.STACKTRACE))
        .hasSizeLessThan(DeadLetter.STACKTRACE_MAX + 20)
        .endsWith("... (cut)");
  }
}
