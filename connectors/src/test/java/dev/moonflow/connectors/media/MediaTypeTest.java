package dev.moonflow.connectors.media;

import static dev.moonflow.connectors.media.Rejections.assertRejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import org.junit.jupiter.api.Test;

class MediaTypeTest {
  @Test
  void theFirstBytesTellTheTypeWhateverThePublisherSays() throws Exception {
    assertThat(sniff("\u00ff\u00d8\u00ff\u00e0")).isEqualTo(MediaType.JPEG);
    assertThat(sniff("\u0089PNG\r\n\u001a\n")).isEqualTo(MediaType.PNG);
    assertThat(sniff("II*\0")).isEqualTo(MediaType.TIFF);
    assertThat(sniff("MM\0*")).isEqualTo(MediaType.TIFF);
    assertThat(sniff("RIFF\1\2\3\4WEBPVP8 ")).isEqualTo(MediaType.WEBP);
    assertThat(sniff("GIF89a")).isEqualTo(MediaType.GIF);
    assertThat(sniff("BM\1\2\3\4\0\0\0\0")).isEqualTo(MediaType.BMP);
    assertThat(sniff("%PDF-1.4")).isEqualTo(MediaType.PDF);
    assertThat(sniff("\0\0junk\n%PDF-1.4")).isEqualTo(MediaType.PDF);
  }

  @Test
  void whatIsNotReadIsRefusedWithWhatItLooksLike() {
    assertRejected(() -> sniff(""), Reason.EMPTY, "no bytes");
    assertRejected(() -> sniff("hello  world"), Reason.UNKNOWN_TYPE, "text", "\"hello world\"");
    assertRejected(() -> sniff("<svg>"), Reason.UNKNOWN_TYPE, "text");
    assertRejected(() -> sniff("BMW is a car"), Reason.UNKNOWN_TYPE, "text");
    assertRejected(() -> sniff("PK\3\4abc"), Reason.UNKNOWN_TYPE, "ZIP");
    assertRejected(() -> sniff("\0\0\0\u0018ftypheic"), Reason.UNKNOWN_TYPE, "HEIF");
    assertRejected(() -> sniff("\0\0\0\u0018ftypisom"), Reason.UNKNOWN_TYPE, "video");
    assertRejected(() -> sniff("\u001f\u008b\b"), Reason.UNKNOWN_TYPE, "gzip");
    assertRejected(() -> sniff("\1\2\3"), Reason.UNKNOWN_TYPE, "01 02 03");
    assertRejected(() -> sniff("RIFF\1\2\3\4WAVE"), Reason.UNKNOWN_TYPE, "52 49 46 46");
    assertRejected(
        () -> MediaType.sniff("Grüße aus Köln".getBytes(UTF_8)), Reason.UNKNOWN_TYPE, "Grüße");
  }

  private static MediaType sniff(String bytes) throws MediaRejectedException {
    byte[] file = new byte[bytes.length()];
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) bytes.charAt(i);
    }
    return MediaType.sniff(file);
  }
}
