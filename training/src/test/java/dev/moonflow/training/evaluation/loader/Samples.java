package dev.moonflow.training.evaluation.loader;

import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.ItemRequest;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.task.TaskCatalog;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Small files in the forms of the benchmarks, and what is read from them. */
final class Samples {
  private Samples() {}

  static TaskDefinition task(String name) {
    return TaskCatalog.builtIn().find(name).orElseThrow();
  }

  static List<Entry> read(String task, Path data) {
    ItemRequest request =
        new ItemRequest(task(task), Optional.of(data), 1, Integer.MAX_VALUE, null);
    List<Entry> entries = new ArrayList<>();
    try (ItemSource source = Loaders.named(task(task).loader()).open(request)) {
      source.forEachRemaining(entries::add);
    }
    return entries;
  }

  static byte[] png(int width, int height) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, i * 2654435);
    }
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Path image(Path file, int width, int height) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, png(width, height));
  }

  static Path text(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
