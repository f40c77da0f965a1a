package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.QuestionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One conversation to one request: go on with it. */
final class QuestionMapper implements EventMapper<QuestionEvent> {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  private final IngestSettings settings;
  private final Payloads payloads;

  QuestionMapper(IngestSettings settings) {
    this.settings = settings;
    payloads = new Payloads(settings);
  }

  @Override
  public void map(QuestionEvent event, RawRecord source, Consumer<PerceptionRequest> out)
      throws StageException, InterruptedException {
    Subject subject;
    Choice choice;
    try {
      subject = subject(event);
      long seed = EventSeed.of(subject.eventId());
      choice = EventChecks.choice(event.getOptions(), seed, settings.sampling());
      checkMessages(event.getMessages());
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    }
    out.accept(
        new PerceptionRequest(
            subject,
            source,
            messages(event.getMessages(), source),
            choice.sampling(),
            choice.maxNewTokens(),
            choice.constraint() == null ? settings.questions().constraint() : choice.constraint()));
  }

  private static Subject subject(QuestionEvent event) throws FieldRejectedException {
    return Subject.of(
        EventChecks.id("source_id", event.getSourceId()),
        EventChecks.id("id", event.getId()),
        RequestKind.QUESTION,
        EventChecks.time(event.getEventTime()),
        event.getAttributes());
  }

  private void checkMessages(List<Message> messages) throws FieldRejectedException {
    checkCount("messages", "messages", messages.size(), 1, settings.questionMessages());
    long characters = 0;
    int images = 0;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String field = "messages[" + i + "]";
      if (!ROLES.contains(message.getRole())) {
        throw new FieldRejectedException(
            field + ".role",
            "must be system, user or assistant, got \"" + message.getRole() + "\"");
      }
      for (int j = 0; j < message.getParts().size(); j++) {
        ContentPart part = message.getParts().get(j);
        checkPart(part, field + ".parts[" + j + "]");
        images += part.getText() == null ? 1 : 0;
        characters += part.getText() == null ? 0 : part.getText().length();
      }
    }
    checkCount("messages", "images", images, 0, settings.questionImages());
    checkCount("messages", "characters of text", characters, 0, settings.textCharacters());
  }

  private void checkPart(ContentPart part, String field) throws FieldRejectedException {
    long given =
        Stream.of(part.getText(), part.getImage(), part.getDocument(), part.getSeen())
            .filter(Objects::nonNull)
            .count();
    if (given != 1) {
      throw new FieldRejectedException(
          field, "must have exactly one of text, image, document and seen");
    }
    if (part.getSeen() != null) {
      EventChecks.id(field + ".seen.id", part.getSeen().getId());
      if (part.getSeen().getPage() != null && part.getSeen().getPage() < 1) {
        throw new FieldRejectedException(
            field + ".seen.page", "must be at least 1, got " + part.getSeen().getPage());
      }
      if (!settings.questions().seenKept()) {
        throw new FieldRejectedException(
            field + ".seen",
            "refers to an earlier event and none is kept; moonflow.question.seen.keep says for how"
                + " long");
      }
    }
  }

  private static void checkCount(String field, String what, long count, int min, int max)
      throws FieldRejectedException {
    if (count < min || count > max) {
      throw new FieldRejectedException(
          field, "must hold " + min + " to " + max + " " + what + ", holds " + count);
    }
  }

  private List<PromptMessage> messages(List<Message> messages, RawRecord source)
      throws StageException, InterruptedException {
    List<PromptMessage> prompt = new ArrayList<>();
    for (Message message : messages) {
      List<PromptPart> parts = new ArrayList<>();
      for (ContentPart part : message.getParts()) {
        if (part.getText() != null) {
          parts.add(new PromptPart.Text(part.getText()));
        } else if (part.getImage() != null) {
          parts.add(new PromptPart.Image(payloads.image(part.getImage(), source)));
        } else if (part.getDocument() != null) {
          addPages(payloads.bytes(part.getDocument()), parts);
        } else {
          Integer page = part.getSeen().getPage();
          parts.add(
              new PromptPart.Seen(part.getSeen().getId(), page == null ? Subject.NONE : page));
        }
      }
      prompt.add(new PromptMessage(message.getRole(), parts));
    }
    return prompt;
  }

  /** Adds every page of a document, as PNG. */
  private void addPages(byte[] document, List<PromptPart> parts) throws StageException {
    try (DocumentReader reader = DocumentReader.open(document, settings.media())) {
      checkCount("messages", "images", reader.pageCount(), 0, settings.questionImages());
      for (int page = 0; page < reader.pageCount(); page++) {
        byte[] png = PngEncoder.encode(reader.renderPage(page, settings.dpi()));
        parts.add(new PromptPart.Image(EncodedImage.of(png)));
      }
    } catch (FieldRejectedException e) {
      throw new StageException(Stage.CHECK_EVENT, e);
    } catch (MediaRejectedException | RuntimeException | StackOverflowError e) {
      throw new StageException(Stage.CHECK_MEDIA, e);
    }
  }
}
