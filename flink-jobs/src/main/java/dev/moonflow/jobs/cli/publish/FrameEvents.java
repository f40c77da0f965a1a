package dev.moonflow.jobs.cli.publish;

import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The events of one stream's frames. */
final class FrameEvents {
  /** Attribute that tells when a video begins; the results carry it on. */
  static final String VIDEO_START = "video_start";

  private final PublishRequest request;
  private final String stream;
  private final String name;
  private final Map<String, String> attributes = new HashMap<>();

  /**
   * Events of a stream.
   *
   * @param name begins the ids of its frames
   * @param start when it begins, or null where it has no beginning
   */
  FrameEvents(PublishRequest request, String stream, String name, Instant start) {
    this.request = request;
    this.stream = stream;
    this.name = name;
    attributes.put("file", name);
    if (start != null) {
      attributes.put(VIDEO_START, start.toString());
    }
  }

  OutgoingEvent frame(long index, Instant time, Payload frame) {
    String id = name + "-" + index + "@" + request.run();
    VideoFrameEvent event =
        VideoFrameEvent.newBuilder()
            .setId(id)
            .setStreamId(stream)
            .setFrameIndex(index)
            .setEventTime(time)
            .setFrame(frame)
            .setPrompt(request.prompt())
            .setOptions(request.options())
            .setAttributes(attributes)
            .build();
    return new OutgoingEvent(Topics.FRAMES, stream, id, event);
  }
}
