package dev.moonflow.jobs.demo;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.JpegEncoder;
import dev.moonflow.jobs.cli.publish.EventSender;
import dev.moonflow.jobs.cli.publish.OutgoingEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * Cameras that show something new in every frame: a square that jumps over a gradient. The worst
 * case for captioning, because nothing is skipped.
 */
final class TrialStreams {
  private static final int PICTURES = 16;

  private final EventSender sender;
  private final GenerationOptions options;
  private final byte[][] pictures = new byte[PICTURES][];

  TrialStreams(EventSender sender, int width, int height, GenerationOptions options)
      throws IOException {
    this.sender = sender;
    this.options = options;
    for (int i = 0; i < PICTURES; i++) {
      pictures[i] = JpegEncoder.encode(picture(width, height, i));
    }
  }

  private static DecodedImage picture(int width, int height, int number) {
    byte[] rgb = new byte[width * height * 3];
    int side = Math.max(1, Math.min(width, height) / 3);
    int left = (width - side) * (number * 7 % PICTURES) / PICTURES;
    int top = (height - side) * (number * 5 % PICTURES) / PICTURES;
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at += 3) {
        boolean inside = x >= left && x < left + side && y >= top && y < top + side;
        rgb[at] = (byte) (inside ? 230 : 160 * x / width);
        rgb[at + 1] = (byte) (inside ? 40 : 160 * y / height);
        rgb[at + 2] = (byte) (inside ? 40 : 90);
      }
    }
    return new DecodedImage(width, height, rgb);
  }

  /** Bytes of a frame, on average. */
  long frameBytes() {
    long sum = 0;
    for (byte[] picture : pictures) {
      sum += picture.length;
    }
    return sum / PICTURES;
  }

  void send(String stream, long index, Instant time) throws Exception {
    VideoFrameEvent event =
        VideoFrameEvent.newBuilder()
            .setId(stream + "-" + index)
            .setStreamId(stream)
            .setFrameIndex(index)
            .setEventTime(time)
            .setFrame(
                Payload.newBuilder()
                    .setInline(ByteBuffer.wrap(pictures[(int) (index % PICTURES)]))
                    .build())
            .setOptions(options)
            .setAttributes(Map.of())
            .build();
    sender.send(new OutgoingEvent(Topics.FRAMES, stream, event.getId(), event));
  }
}
