package dev.moonflow.jobs.cli.publish;

import dev.moonflow.connectors.claimcheck.ClaimCheckWriter;
import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.JpegEncoder;
import dev.moonflow.connectors.media.LiveVideo;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.MediaType;
import dev.moonflow.connectors.media.TimedFrame;
import dev.moonflow.connectors.media.VideoFrame;
import dev.moonflow.connectors.media.VideoFrames;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the events that stand for a file. */
public final class EventBuilder {
  private static final double MICROS_PER_SECOND = 1_000_000;

  private final PublishRequest request;
  private final Consumer<String> notes;
  private final ClaimCheckWriter payloads;

  /** A builder of events as {@code request} says. */
  public EventBuilder(PublishRequest request) {
    this(request, note -> {});
  }

  /** The same; what was wrong with a video, whose whole frames went out, is told in a sentence. */
  public EventBuilder(PublishRequest request, Consumer<String> notes) {
    this.request = request;
    this.notes = notes;
    this.payloads = new ClaimCheckWriter(request.claimCheckFolder(), request.inlineBytesMax());
  }

  /** Where events go, one at a time. */
  public interface Sink {
    /** Takes the next event. */
    void accept(OutgoingEvent event) throws Exception;
  }

  /** Hands the events of a file on, in order; those of a video one by one as they are decoded. */
  public void build(InputFile file, Sink sink) throws Exception {
    switch (kind(file)) {
      case IMAGE -> sink.accept(ofImage(file));
      case DOCUMENT -> sink.accept(document(file));
      case VIDEO -> frames(file, sink);
    }
  }

  private OutgoingEvent ofImage(InputFile file) throws IOException {
    if (request.question() != null) {
      return question(file);
    }
    return "page".equals(request.task()) ? document(file) : image(file);
  }

  /** A TIFF is an image where an image is asked for. */
  private InputFile.Kind kind(InputFile file) throws IOException {
    boolean aboutImages = request.question() != null || "caption".equals(request.task());
    if (file.kind() == InputFile.Kind.IMAGE || !aboutImages) {
      return file.kind();
    }
    if (file.kind() == InputFile.Kind.DOCUMENT && !isPdf(file)) {
      return InputFile.Kind.IMAGE;
    }
    if (request.question() != null) {
      throw new UserException(file.path() + " is not an image; --question asks about images only.");
    }
    return file.kind();
  }

  private static boolean isPdf(InputFile file) throws IOException {
    try (var in = Files.newInputStream(file.path())) {
      return MediaType.sniff(in.readNBytes(2048)) == MediaType.PDF;
    } catch (MediaRejectedException e) {
      return false;
    }
  }

  private OutgoingEvent image(InputFile file) throws IOException {
    String id = id(file, request.task() == null ? "" : "-" + request.task());
    ImageEvent event =
        ImageEvent.newBuilder()
            .setId(id)
            .setSourceId(source(file))
            .setEventTime(time(file))
            .setImage(payload(file))
            .setTask(request.task() == null ? "caption" : request.task())
            .setPrompt(request.prompt())
            .setOptions(request.options())
            .setAttributes(attributes(file))
            .build();
    return new OutgoingEvent(Topics.IMAGES, source(file), id, event);
  }

  private OutgoingEvent document(InputFile file) throws IOException {
    String id = id(file, "");
    DocumentEvent event =
        DocumentEvent.newBuilder()
            .setId(id)
            .setSourceId(source(file))
            .setEventTime(time(file))
            .setDocument(payload(file))
            .setPrompt(request.prompt())
            .setOptions(request.options())
            .setAttributes(attributes(file))
            .build();
    return new OutgoingEvent(Topics.DOCUMENTS, source(file), id, event);
  }

  private OutgoingEvent question(InputFile file) throws IOException {
    String id = id(file, "-question");
    List<ContentPart> parts =
        List.of(
            ContentPart.newBuilder().setImage(payload(file)).build(),
            ContentPart.newBuilder().setText(request.question()).build());
    QuestionEvent event =
        QuestionEvent.newBuilder()
            .setId(id)
            .setSourceId(source(file))
            .setEventTime(time(file))
            .setMessages(List.of(Message.newBuilder().setRole("user").setParts(parts).build()))
            .setOptions(request.options())
            .setAttributes(attributes(file))
            .build();
    return new OutgoingEvent(Topics.QUESTIONS, source(file), id, event);
  }

  private void frames(InputFile file, Sink sink) throws Exception {
    Instant start = start(file);
    FrameEvents events = new FrameEvents(request, source(file), file.name(), start);
    try (VideoFrames video =
        VideoFrames.open(file.path(), request.framesPerSecond(), MediaLimits.DEFAULT)) {
      for (Optional<VideoFrame> next = video.next(); next.isPresent(); next = video.next()) {
        VideoFrame frame = next.get();
        Instant time = start.plusMillis(frame.timestampMicros() / 1000);
        sink.accept(events.frame(frame.index(), time, jpeg(file.path(), frame.image())));
      }
      video.flaw().ifPresent(flaw -> notes.accept(flaw + "."));
    } catch (MediaRejectedException e) {
      throw new UserException(file.path() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Hands on images as the frames of one video, one behind the other at the rate of the request.
   * What they hold is not looked at: the job tells which frame is corrupt.
   *
   * @param files in their order
   * @throws UserException if one is no image
   */
  public void buildSequence(List<InputFile> files, Sink sink) throws Exception {
    for (InputFile file : files) {
      if (file.kind() != InputFile.Kind.IMAGE) {
        throw new UserException(file.path() + " is no image and cannot be a frame of a sequence.");
      }
    }
    Instant start = start(files.get(0));
    FrameEvents events = new FrameEvents(request, request.sourceId(), request.sourceId(), start);
    long index = 0;
    for (InputFile file : files) {
      long micros = Math.round(index * MICROS_PER_SECOND / request.framesPerSecond());
      Instant time = start.plusNanos(micros * 1_000);
      sink.accept(events.frame(index++, time, payload(file)));
    }
  }

  /**
   * Hands on the frames of a live source as they come, until it ends or {@link LiveVideo#close} is
   * called from elsewhere.
   */
  public void buildLive(LiveVideo live, String address, Sink sink) throws Exception {
    String name = LiveVideo.withoutSecrets(address);
    String stream = request.sourceId() == null ? name : request.sourceId();
    FrameEvents events = new FrameEvents(request, stream, name, null);
    for (Optional<TimedFrame> next = live.next(); next.isPresent(); next = live.next()) {
      TimedFrame frame = next.get();
      sink.accept(events.frame(frame.index(), frame.time(), jpeg(Path.of(stream), frame.image())));
    }
  }

  private Payload jpeg(Path source, DecodedImage image) throws IOException {
    return payload(source, JpegEncoder.encode(image), MediaType.JPEG.mimeType());
  }

  private Instant start(InputFile file) throws IOException {
    return request.start() == null ? time(file) : request.start();
  }

  private Payload payload(InputFile file) throws IOException {
    byte[] bytes = Files.readAllBytes(file.path());
    try {
      return payload(file.path(), bytes, MediaType.sniff(bytes).mimeType());
    } catch (MediaRejectedException e) {
      throw new UserException(file.path() + ": " + e.getMessage(), e);
    }
  }

  private Payload payload(Path source, byte[] bytes, String mediaType) throws IOException {
    if (bytes.length > request.inlineBytesMax() && request.claimCheckFolder() == null) {
      throw new UserException(
          source
              + " has "
              + Quantities.bytes(bytes.length)
              + ", more than goes inline ("
              + Quantities.bytes(request.inlineBytesMax())
              + "); add --claim-check FOLDER with a folder that the job can read.");
    }
    return payloads.payload(bytes, mediaType);
  }

  private String id(InputFile file, String suffix) {
    return file.name() + suffix + "@" + request.run();
  }

  private String source(InputFile file) {
    return request.sourceId() == null ? file.name() : request.sourceId();
  }

  private static Instant time(InputFile file) throws IOException {
    return Instant.ofEpochMilli(Files.getLastModifiedTime(file.path()).toMillis());
  }

  private static Map<String, String> attributes(InputFile file) {
    return Map.of("file", file.name());
  }
}
