package dev.moonflow.training.evaluation.beside;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Judgement;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tesseract on the items of one task. */
public final class BesideRun {
  private static final int BATCH = 16;

  private final Tesseract reader;
  private final TaskDefinition task;
  private final boolean lines;

  /**
   * A run.
   *
   * @param lines whether Tesseract is told that each image is one line
   */
  public BesideRun(Tesseract reader, TaskDefinition task, boolean lines) {
    this.reader = reader;
    this.task = task;
    this.lines = lines;
  }

  /** Whether a task's answers are readings of text, which Tesseract can be asked for. */
  public static boolean canRead(TaskDefinition task) {
    return task.judge().isErrorRate() && task.loader().startsWith("held-out");
  }

  /** An item whose image lies on disk. */
  private record Waiting(int index, Item item, Path image) {}

  /** Reads the items that were not read before. */
  public void run(ItemSource items, int most, Set<Integer> known, Consumer<Answered> sink) {
    try {
      Path scratch = Files.createTempDirectory("moonflow-beside");
      try {
        List<Waiting> batch = new ArrayList<>();
        for (int index = 0; index < most && items.hasNext(); index++) {
          Entry entry = items.next();
          if (!known.contains(index) && entry instanceof Item item) {
            batch.add(new Waiting(index, item, write(item, index, scratch)));
          }
          if (batch.size() == BATCH) {
            read(batch, scratch, sink);
          }
        }
        read(batch, scratch, sink);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new EvaluationException("images for Tesseract cannot be written: " + e + ".", e);
    }
  }

  private Path write(Item item, int index, Path scratch) throws IOException {
    RgbImage image = item.media().get(0).images(task.media()).get(0);
    Path file = scratch.resolve(index + ".png");
    Files.write(
        file, Images.png(dev.moonflow.training.sample.Role.NONE, Pixels.of(image)).encoded());
    return file;
  }

  private void read(List<Waiting> batch, Path scratch, Consumer<Answered> sink) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    List<String> texts = reader.read(batch.stream().map(Waiting::image).toList(), lines, scratch);
    for (int i = 0; i < batch.size(); i++) {
      sink.accept(answered(batch.get(i), texts.get(i).strip()));
      Files.delete(batch.get(i).image());
    }
    batch.clear();
  }

  private Answered answered(Waiting waiting, String text) {
    Item item = waiting.item();
    Judgement worth = task.judge().judge(text, item.target());
    return new Answered(
        waiting.index(),
        item.id(),
        item.target().describe(),
        text,
        worth.found(),
        worth.portion().part(),
        worth.portion().whole(),
        "stop",
        0,
        0,
        item.groups(),
        "");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
