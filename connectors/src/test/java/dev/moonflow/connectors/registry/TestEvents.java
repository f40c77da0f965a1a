package dev.moonflow.connectors.registry;

import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Payload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** Events with every kind of field set, for tests. */
public final class TestEvents {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  private TestEvents() {}

  /** An image event with inline bytes. */
  public static ImageEvent image(String id) {
    return ImageEvent.newBuilder()
        .setId(id)
        .setSourceId("camera-7")
        .setEventTime(TIME)
        .setImage(
            Payload.newBuilder()
                .setInline(ByteBuffer.wrap(new byte[] {1, 2, 3, -4}))
                .setMediaType("image/png")
                .build())
        .setPrompt("Über was? 画像")
        .setOptions(GenerationOptions.newBuilder().setMaxNewTokens(7).setTopP(0.5f).build())
        .setAttributes(Map.of("k", "v"))
        .build();
  }

  /** A document event with a claim check. */
  public static DocumentEvent document(String id) {
    ClaimCheck check =
        ClaimCheck.newBuilder()
            .setUri("s3://bucket/key")
            .setSizeBytes(12)
            .setSha256("0".repeat(64))
            .build();
    return DocumentEvent.newBuilder()
        .setId(id)
        .setSourceId("scanner")
        .setEventTime(TIME)
        .setDocument(Payload.newBuilder().setClaimCheck(check).build())
        .build();
  }
}
