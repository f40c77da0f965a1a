package dev.moonflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training and the product use the same words; the settings' reference is made from its code. */
class ProductPromptsTest {
  @Test
  void promptsAreTheDefaultsOfTheSettings() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("..", "docs", "settings.md")).stream()
            .filter(row -> row.startsWith("| `moonflow.prompt."))
            // No prompt of its own: it stands before one.
            .filter(row -> !row.startsWith("| `moonflow.prompt.window-before`"))
            .toList();
    assertThat(rows).hasSameSizeAs(ProductPrompts.all());
    for (String prompt : ProductPrompts.all()) {
      assertThat(rows).anyMatch(row -> row.contains("` | `" + prompt + "` |"));
    }
  }
}
