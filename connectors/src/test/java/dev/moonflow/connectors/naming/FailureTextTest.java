package dev.moonflow.connectors.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void aFailureWithoutAMessageIsNamedByItsKind() {
    assertThat(FailureText.of(new NullPointerException(null)))
        .isEqualTo("the decoder failed with NullPointerException");
    assertThat(FailureText.of(new IOException("Invalid XObject Subtype: null")))
        .isEqualTo("Invalid XObject Subtype: none");
  }

  @Test
  void quotedBytesBecomeOneLineThatEnds() {
    assertThat(FailureText.of(new IOException("bad chunk 'a\0\n\u009bb'")))
        .isEqualTo("bad chunk 'a   b'");
    assertThat(FailureText.line("x".repeat(100_000))).hasSizeLessThan(700).contains(" … ");
  }
}
