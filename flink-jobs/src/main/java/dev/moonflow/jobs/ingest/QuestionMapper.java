package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.EventChecks.Choice;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.QuestionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
  public void map(QuestionEvent event, RawRecord source, Emitter out)
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
    out.request(
        new PerceptionRequest(
            subject,
            source,
            messages(event.getMessages(), source),
            choice.sampling(),
            choice.maxNewTokens()));
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
        if ((part.getText() == null) == (part.getImage() == null)) {
          throw new FieldRejectedException(
              field + ".parts[" + j + "]", "must have exactly one of text and image");
        }
        images += part.getImage() == null ? 0 : 1;
        characters += part.getText() == null ? 0 : part.getText().length();
      }
    }
    checkCount("messages", "images", images, 0, settings.questionImages());
    checkCount("messages", "characters of text", characters, 0, settings.textCharacters());
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
        parts.add(
            part.getText() != null
                ? new PromptPart.Text(part.getText())
                : new PromptPart.Image(payloads.image(part.getImage(), source)));
      }
      prompt.add(new PromptMessage(message.getRole(), parts));
    }
    return prompt;
  }
}
