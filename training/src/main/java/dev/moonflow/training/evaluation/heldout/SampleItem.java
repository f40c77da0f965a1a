package dev.moonflow.training.evaluation.heldout;

import dev.moonflow.training.data.print.Degradation;
import dev.moonflow.training.data.print.FontClass;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.Media;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An example as an item: pictures, the user's words, and what is right. */
final class SampleItem {
  private static final String CHECK = "check-";
  private static final int POINTS_PER_INCH = 72;
  private static final double[] EMS = {16, 24, 36};

  private SampleItem() {}

  static Item of(Sample sample, TaskDefinition task) {
    List<Media> media = new ArrayList<>();
    StringBuilder question = new StringBuilder();
    for (Part part : sample.parts()) {
      if (part instanceof Part.Image image) {
        media.add(budget -> List.of(Degradation.rgb(Images.decode(image))));
      } else if (part.role() == Role.USER) {
        question.append(((Part.Text) part).text());
      }
    }
    String asked = task.setting("question", question.toString());
    return new Item(sample.id(), asked, "", media, target(sample), groups(sample));
  }

  private static Target target(Sample sample) {
    List<String> phrases = new ArrayList<>();
    new TreeMap<>(sample.attributes())
        .forEach(
            (name, value) -> {
              if (name.startsWith(CHECK)) {
                phrases.add(value);
              }
            });
    String answer = sample.answer().orElseThrow();
    if (!phrases.isEmpty()) {
      return new Target.AllOf(phrases);
    }
    if (sample.category() == Category.REASONING) {
      return new Target.Number(new BigDecimal(answer).doubleValue(), 0, 2);
    }
    return new Target.Text(List.of(answer));
  }

  private static Map<String, String> groups(Sample sample) {
    Map<String, String> attributes = sample.attributes();
    Map<String, String> groups = new TreeMap<>();
    for (String copied : List.of("kind", "asked", "style", "columns")) {
      if (attributes.containsKey(copied)) {
        groups.put(copied, attributes.get(copied));
      }
    }
    if (sample.category() == Category.REASONING) {
      groups.put("steps", attributes.getOrDefault("difficulty", "0"));
    }
    if (sample.category() == Category.OCR) {
      groups.put("degradation", attributes.getOrDefault("degradation", "none"));
      groups.put("class", FontClass.of(attributes.get("font")).word());
      groups.put("font", attributes.get("font"));
    }
    if (attributes.containsKey("dpi")) {
      double points = Double.parseDouble(attributes.get("points"));
      groups.put("size", size(points * Integer.parseInt(attributes.get("dpi")) / POINTS_PER_INCH));
    }
    return groups;
  }

  /** A range of heights of the em. */
  private static String size(double em) {
    String from = "";
    for (double bound : EMS) {
      if (em < bound) {
        return from + "under %.0f px".formatted(bound);
      }
      from = "%.0f to ".formatted(bound);
    }
    return "%.0f px and more".formatted(EMS[EMS.length - 1]);
  }
}
