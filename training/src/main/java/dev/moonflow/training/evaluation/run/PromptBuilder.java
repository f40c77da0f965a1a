package dev.moonflow.training.evaluation.run;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns an item into the parts of a user's message; reads its pictures. */
final class PromptBuilder {
  private static final Pattern MARK = Pattern.compile("<image ?(\\d{1,3})>");

  private final TaskDefinition task;

  PromptBuilder(TaskDefinition task) {
    this.task = task;
  }

  /** The text alone, marks included. */
  String text(Item item) {
    return task.prompt().fill(item.question(), item.options(), item.hint());
  }

  /**
   * Pictures without a mark first, then text with the marked ones in their places. A medium that is
   * marked twice is shown at its first mark; later marks stay as text.
   */
  List<ContentPart> parts(Item item) {
    if (item.media().size() > task.media().imagesMax()) {
      throw new EvaluationException(
          "the item has %d images; the limit of this task (media.images_max) is %d."
              .formatted(item.media().size(), task.media().imagesMax()));
    }
    String text = text(item);
    boolean[] shown = new boolean[item.media().size()];
    List<ContentPart> inText = new ArrayList<>();
    int from = 0;
    Matcher mark = MARK.matcher(text);
    while (mark.find()) {
      int medium = Integer.parseInt(mark.group(1)) - 1;
      if (medium < 0 || medium >= shown.length || shown[medium]) {
        continue;
      }
      shown[medium] = true;
      addText(inText, text.substring(from, mark.start()));
      addImages(inText, item, medium);
      from = mark.end();
    }
    addText(inText, text.substring(from));
    List<ContentPart> parts = new ArrayList<>();
    for (int medium = 0; medium < shown.length; medium++) {
      if (!shown[medium]) {
        addImages(parts, item, medium);
      }
    }
    parts.addAll(inText);
    return parts;
  }

  private void addImages(List<ContentPart> parts, Item item, int medium) {
    for (RgbImage image : item.media().get(medium).images(task.media())) {
      parts.add(new ContentPart.Image(image));
    }
  }

  private static void addText(List<ContentPart> parts, String text) {
    if (!text.isEmpty()) {
      parts.add(new ContentPart.Text(text));
    }
  }
}
