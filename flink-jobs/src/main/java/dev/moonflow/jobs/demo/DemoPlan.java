package dev.moonflow.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.cli.publish.EventBuilder;
import dev.moonflow.jobs.cli.publish.FileScan;
import dev.moonflow.jobs.cli.publish.OutgoingEvent;
import dev.moonflow.jobs.cli.publish.PublishRequest;
import dev.moonflow.jobs.cli.results.OutputRow;
import dev.moonflow.jobs.demo.samples.SampleMaker;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the demo publishes, and what must come out of it.
 *
 * @param events the events of the bundled samples
 * @param expected the {@link OutputRow#key} of every result: one per image, frame and question; one
 *     per page of a document and one for the document
 */
public record DemoPlan(List<OutgoingEvent> events, Set<String> expected) {
  private static final double FRAMES_PER_SECOND = 2;

  /** Ids end in this and not in the time, so that every demo generates the same words. */
  private static final String RUN = "demo";

  /**
   * The plan for a folder of samples.
   *
   * @param asPages whether an image to read is a page, of which lines are found
   */
  public static DemoPlan of(Path samples, GenerationOptions options, boolean asPages)
      throws Exception {
    if (!Files.isDirectory(samples)) {
      throw new UserException("The bundled samples are not there: " + samples + ".");
    }
    PublishRequest plain = PublishRequest.plain(RUN).withOptions(options);
    List<OutgoingEvent> events = new ArrayList<>();
    add(events, plain.withTask("caption"), samples.resolve(SampleMaker.PHOTO));
    add(events, plain.withTask(asPages ? "page" : "ocr"), samples.resolve(SampleMaker.RECEIPT));
    add(events, plain, samples.resolve(SampleMaker.DOCUMENT));
    add(events, plain.withFramesPerSecond(FRAMES_PER_SECOND), samples.resolve(SampleMaker.VIDEO));
    for (JsonNode entry : questions(samples.resolve(SampleMaker.QUESTIONS))) {
      Path image = samples.resolve(entry.path("image").asText());
      add(events, plain.asking(entry.path("question").asText()), image);
    }
    Set<String> expected = new LinkedHashSet<>();
    for (OutgoingEvent event : events) {
      expected.addAll(resultsOf(event));
    }
    return new DemoPlan(List.copyOf(events), Set.copyOf(expected));
  }

  private static void add(List<OutgoingEvent> events, PublishRequest request, Path file)
      throws Exception {
    EventBuilder builder = new EventBuilder(request);
    builder.build(FileScan.of(List.of(file)).files().get(0), events::add);
  }

  private static JsonNode questions(Path file) throws IOException {
    JsonNode questions = new ObjectMapper().readTree(file.toFile());
    if (!questions.isArray()) {
      throw new UserException(file + " must hold an array of questions.");
    }
    return questions;
  }

  private static List<String> resultsOf(OutgoingEvent event) throws MediaRejectedException {
    String id = event.id();
    if (event.value() instanceof ImageEvent image) {
      return List.of(
          key("ocr".equals(image.getTask()) ? Topics.OCR : Topics.CAPTIONS, id, "image"));
    }
    if (event.value() instanceof VideoFrameEvent frame) {
      return List.of(key(Topics.CAPTIONS, id, "frame " + frame.getFrameIndex()));
    }
    if (event.value() instanceof DocumentEvent document) {
      List<String> keys = new ArrayList<>();
      for (int page = 1; page <= pages(document); page++) {
        keys.add(key(Topics.OCR, id, "page " + page));
      }
      keys.add(key(Topics.OCR, id, "document"));
      return keys;
    }
    return List.of(key(Topics.ANSWERS, id, "answer"));
  }

  private static int pages(DocumentEvent document) throws MediaRejectedException {
    byte[] bytes = new byte[document.getDocument().getInline().remaining()];
    document.getDocument().getInline().duplicate().get(bytes);
    try (DocumentReader reader = DocumentReader.open(bytes, MediaLimits.DEFAULT)) {
      return reader.pageCount();
    }
  }

  private static String key(Topics topic, String id, String part) {
    return new OutputRow(topic, id, "", part, "", 0).key();
  }
}
