package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.media.MediaFiles;
import dev.moonflow.training.evaluation.metric.Box;
import dev.moonflow.training.evaluation.metric.Target;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of ScreenSpot, its second version and ScreenSpot-Pro: {@code img_filename, bbox,
 * instruction}. The setting {@code box} says whether a box is {@code xywh} or {@code xyxy}, in
 * pixels.
 */
final class ScreenMapper implements RowMapper {
  private static final List<String> FOLDERS =
      List.of("", "images", "screenspotv2_image", "screenspot_imgs");
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "kind", List.of("data_type", "ui_type"),
          "platform", List.of("data_source", "platform"),
          "group", List.of("group"));

  private final TaskDefinition task;
  private final boolean corners;

  ScreenMapper(TaskDefinition task) {
    this.task = task;
    String form = task.setting("box", "xywh");
    if (!form.equals("xywh") && !form.equals("xyxy")) {
      throw new EvaluationException(
          "task " + task.name() + ": settings.box must be xywh or xyxy, not " + form + ".");
    }
    this.corners = form.equals("xyxy");
  }

  @Override
  public Optional<Item> map(Row row) {
    Path file = DataFiles.named(row, "img_filename", FOLDERS);
    int[] size = MediaFiles.size(MediaFiles.bytes(file), file.toString());
    double[] b = row.numbers("bbox", 4);
    double right = corners ? b[2] : b[0] + b[2];
    double bottom = corners ? b[3] : b[1] + b[3];
    if (!(b[0] <= right && b[1] <= bottom) || b[0] >= size[0] || b[1] >= size[1]) {
      throw row.complaint(
          "bbox",
          "is no box on an image of %d x %d pixels: %s"
              .formatted(size[0], size[1], row.texts("bbox")));
    }
    Map<String, String> groups = new TreeMap<>();
    GROUPS.forEach(
        (group, fields) ->
            fields.stream()
                .filter(row::has)
                .findFirst()
                .ifPresent(field -> groups.put(group, row.text(field))));
    String id = row.has("id") ? row.text("id") : row.text("img_filename") + ", " + row.place();
    return Optional.of(
        new Item(
            id,
            row.text("instruction"),
            "",
            List.of(MediaFiles.image(file)),
            new Target.Place(
                new Box(b[0], b[1], right, bottom), size[0], size[1], task.coordinates()),
            groups));
  }
}
