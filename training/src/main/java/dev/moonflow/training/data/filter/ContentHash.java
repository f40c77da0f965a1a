package dev.moonflow.training.data.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.training.sample.Digests;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 of what an example says and shows: two with the same one are the same example. */
public final class ContentHash {
  private ContentHash() {}

  /** 64 hexadecimal digits; ids, sources and attributes do not count. */
  public static String of(Sample sample) {
    MessageDigest digest = Digests.sha256();
    for (Part part : sample.parts()) {
      byte[] content;
      if (part instanceof Part.Text text) {
        digest.update((byte) 't');
        content = text.text().strip().getBytes(UTF_8);
      } else {
        digest.update((byte) 'i');
        content = ((Part.Image) part).encoded();
      }
      digest.update((byte) part.role().ordinal());
      for (int shift = 24; shift >= 0; shift -= 8) {
        digest.update((byte) (content.length >> shift));
      }
      digest.update(content);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
