package dev.moonflow.training.evaluation.loader;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.training.evaluation.media.MediaFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The spoken lines of a SubRip file, without numbers, times and repetitions. */
final class Subtitles {
  private Subtitles() {}

  static String read(Path file) {
    String text = new String(MediaFiles.bytes(file), UTF_8).replace("\uFEFF", "");
    List<String> spoken = new ArrayList<>();
    for (String block : text.split("\\R\\s*\\R")) {
      boolean times = false;
      StringBuilder line = new StringBuilder();
      for (String part : block.split("\\R")) {
        if (times && !part.isBlank()) {
          line.append(line.isEmpty() ? "" : " ").append(part.replaceAll("<[^>]*>", "").strip());
        }
        times |= part.contains("-->");
      }
      boolean again = !spoken.isEmpty() && spoken.get(spoken.size() - 1).contentEquals(line);
      if (!line.isEmpty() && !again) {
        spoken.add(line.toString());
      }
    }
    return String.join("\n", spoken);
  }
}
