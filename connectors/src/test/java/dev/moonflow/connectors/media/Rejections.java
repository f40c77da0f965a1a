package dev.moonflow.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The assertion that a file is rejected for a reason. */
final class Rejections {
  private Rejections() {}

  static void assertRejected(ThrowingCallable reading, Reason reason, String... words) {
    MediaRejectedException rejected = catchThrowableOfType(MediaRejectedException.class, reading);
    assertThat(rejected).as("rejection").isNotNull();
    assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    assertThat(rejected.getMessage()).contains(words).doesNotContain("null");
  }
}
