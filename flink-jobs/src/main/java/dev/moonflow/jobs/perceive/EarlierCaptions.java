package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptMessage;
import dev.moonflow.jobs.ingest.PromptPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts the captions of earlier windows into the requests that tell of them. */
final class EarlierCaptions {
  private static final String PLACE = "{caption}";

  private EarlierCaptions() {}

  /** Whether a request tells of them, and so has to wait for those before it. */
  static boolean areToldBy(PerceptionRequest request) {
    return parts(request).findAny().isPresent();
  }

  /** How many are kept for the requests after this one. */
  static int keptBehind(PerceptionRequest request) {
    return parts(request).mapToInt(PromptPart.Earlier::captionsMax).max().orElse(1);
  }

  private static Stream<PromptPart.Earlier> parts(PerceptionRequest request) {
    return request.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(PromptPart.Earlier.class::isInstance)
        .map(PromptPart.Earlier.class::cast);
  }

  /** The request with the captions as text. */
  static PerceptionRequest tell(PerceptionRequest request, List<String> captions) {
    List<PromptMessage> messages = new ArrayList<>();
    for (PromptMessage message : request.messages()) {
      List<PromptPart> parts = new ArrayList<>();
      for (PromptPart part : message.parts()) {
        if (!(part instanceof PromptPart.Earlier earlier)) {
          parts.add(part);
        } else if (!captions.isEmpty()) {
          int from = Math.max(0, captions.size() - earlier.captionsMax());
          String told = String.join("\n", captions.subList(from, captions.size()));
          parts.add(new PromptPart.Text(earlier.template().replace(PLACE, told)));
        }
      }
      messages.add(new PromptMessage(message.role(), parts));
    }
    return new PerceptionRequest(
        request.subject(),
        request.source(),
        messages,
        request.sampling(),
        request.maxNewTokens(),
        request.constraint());
  }
}
