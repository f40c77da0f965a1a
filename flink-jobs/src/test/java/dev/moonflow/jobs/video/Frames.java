package dev.moonflow.jobs.video;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Requests of frames, as ingest makes them. */
final class Frames {
  /** 2026-01-01T00:00:00Z. */
  static final long T0 = 1_767_225_600_000L;

  private Frames() {}

  /** A picture of one grey. */
  static byte[] grey(int level) {
    byte[] rgb = new byte[24 * 18 * 3];
    Arrays.fill(rgb, (byte) level);
    return PngEncoder.encode(new DecodedImage(24, 18, rgb));
  }

  /** A frame some seconds from the beginning, whose index is the second. */
  static PerceptionRequest at(String stream, double seconds, byte[] image) {
    return frame(stream, stream + "-" + seconds, (long) seconds, seconds, image);
  }

  static PerceptionRequest frame(
      String stream, String id, long index, double seconds, byte[] image) {
    long time = T0 + Math.round(seconds * 1000);
    RawRecord source =
        new RawRecord(
            "frames",
            0,
            index,
            time,
            stream.getBytes(UTF_8),
            image,
            List.of(RecordHeader.of("traceparent", id), RecordHeader.of("private", "x")));
    return new PerceptionRequest(
        Subject.of(stream, id, RequestKind.FRAME, time, Map.of("place", "gate")).frame(index),
        source,
        List.of(PromptMessage.about(EncodedImage.within(image, image), "What happens?")),
        new SamplingParameters(0f, 1f, EventSeed.of(id), false),
        16);
  }

  /** That a stream has ended. */
  static PerceptionRequest end(String stream) {
    return WindowRequests.end(
        stream, T0, new RawRecord("frames", 0, 0, 0, stream.getBytes(UTF_8), null, List.of()));
  }
}
