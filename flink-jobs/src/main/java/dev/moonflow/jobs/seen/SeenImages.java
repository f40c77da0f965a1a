package dev.moonflow.jobs.seen;

import dev.moonflow.jobs.ingest.EncodedImage;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;

/** The images of one key, bounded in bytes and number, and the questions that they are put into. */
final class SeenImages {
  private static final int ENTRIES_MAX = 10_000;

  private static final MapStateDescriptor<String, byte[]> IMAGES =
      new MapStateDescriptor<>(
          "images", StringSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE);

  private final MapState<String, byte[]> images;
  private final SeenSettings settings;

  SeenImages(RuntimeContext context, SeenSettings settings) {
    images = context.getMapState(IMAGES);
    this.settings = settings;
  }

  /** Keeps the image of a request; the oldest make room. */
  SeenIndex keep(SeenIndex index, PerceptionRequest request, long now) throws Exception {
    Optional<byte[]> image = image(request);
    if (image.isEmpty() || image.get().length > settings.bytesPerKey()) {
      return index;
    }
    Subject subject = request.subject();
    boolean page = subject.kind().isPage();
    SeenIndex.Entry entry =
        new SeenIndex.Entry(
            subject.eventId(),
            page ? subject.page() : 0,
            page ? subject.pageCount() : 0,
            image.get().length,
            now + settings.keep().toMillis());
    List<SeenIndex.Entry> entries = new ArrayList<>(index.entries());
    entries.removeIf(other -> other.name().equals(entry.name()));
    entries.add(entry);
    images.put(entry.name(), image.get());
    long bytes = entries.stream().mapToLong(SeenIndex.Entry::bytes).sum();
    while (bytes > settings.bytesPerKey() || entries.size() > ENTRIES_MAX) {
      SeenIndex.Entry oldest = entries.remove(0);
      images.remove(oldest.name());
      bytes -= oldest.bytes();
    }
    return index.withEntries(entries);
  }

  /**
   * The image that a request shows or brings to be kept; no bytes for a page that failed, nothing
   * for other requests.
   */
  private static Optional<byte[]> image(PerceptionRequest request) {
    RequestKind kind = request.subject().kind();
    if (kind == RequestKind.FAILED_PAGE) {
      return Optional.of(new byte[0]);
    }
    if (kind != RequestKind.IMAGE_OCR
        && kind != RequestKind.IMAGE_CAPTION
        && kind != RequestKind.PAGE
        && kind != RequestKind.SHEET) {
      return Optional.empty();
    }
    return request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(PromptPart.Image.class::isInstance)
        .map(part -> ((PromptPart.Image) part).file().bytes())
        .findFirst();
  }

  /** Forgets what has expired. */
  SeenIndex expire(SeenIndex index, long now) throws Exception {
    List<SeenIndex.Entry> left = new ArrayList<>();
    for (SeenIndex.Entry entry : index.entries()) {
      if (entry.expiryMillis() > now) {
        left.add(entry);
      } else {
        images.remove(entry.name());
      }
    }
    return left.size() == index.entries().size() ? index : index.withEntries(left);
  }

  /**
   * The question with every image that it refers to.
   *
   * @throws NotSeenException if one has not come, or not all of its pages
   * @throws FieldRejectedException if waiting does not help
   */
  PerceptionRequest resolve(SeenIndex index, PerceptionRequest question, long now)
      throws Exception {
    List<PromptMessage> messages = new ArrayList<>();
    int count = 0;
    for (PromptMessage message : question.messages()) {
      List<PromptPart> parts = new ArrayList<>();
      for (PromptPart part : message.parts()) {
        if (part instanceof PromptPart.Seen seen) {
          for (SeenIndex.Entry entry : find(index, seen, question.key(), now)) {
            parts.add(new PromptPart.Image(EncodedImage.of(images.get(entry.name()))));
          }
        } else {
          parts.add(part);
        }
      }
      count += (int) parts.stream().filter(PromptPart.Image.class::isInstance).count();
      messages.add(new PromptMessage(message.role(), parts));
    }
    if (count > settings.questionImages()) {
      throw new FieldRejectedException(
          "messages", "must hold 0 to " + settings.questionImages() + " images, holds " + count);
    }
    return new PerceptionRequest(
        question.subject(),
        question.source(),
        messages,
        question.sampling(),
        question.maxNewTokens(),
        question.constraint());
  }

  private static List<SeenIndex.Entry> find(
      SeenIndex index, PromptPart.Seen seen, String key, long now)
      throws NotSeenException, FieldRejectedException {
    List<SeenIndex.Entry> found =
        index.entries().stream()
            .filter(e -> e.eventId().equals(seen.eventId()) && e.expiryMillis() > now)
            .filter(e -> seen.page() == Subject.NONE || e.page() == seen.page())
            .sorted((a, b) -> Integer.compare(a.page(), b.page()))
            .toList();
    String what = "the event \"" + seen.eventId() + "\" of the source \"" + key + "\"";
    if (found.isEmpty()) {
      throw new NotSeenException(
          what
              + (seen.page() == Subject.NONE ? "" : ", page " + seen.page() + ",")
              + " was not seen, or is not kept any more");
    }
    int expected = seen.page() == Subject.NONE ? Math.max(1, found.get(0).pageCount()) : 1;
    if (found.get(0).page() > 0 && found.size() < expected) {
      throw new NotSeenException(what + " has " + found.size() + " of " + expected + " pages here");
    }
    for (SeenIndex.Entry entry : found) {
      if (entry.bytes() == 0) {
        throw new FieldRejectedException(
            "seen", "refers to page " + entry.page() + " of " + what + ", which has no image");
      }
    }
    return found;
  }

  /** What a question refers to is not here yet; the message says what. */
  static final class NotSeenException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSeenException(String what) {
      super("Field seen: " + what + ".");
    }
  }
}
