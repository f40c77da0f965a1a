package dev.moonflow.training.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.data.generate.Generators;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
  @TempDir Path folder;

  private Path write(String lines) throws Exception {
    Part.Image image =
        (Part.Image) Generators.standard().named("ocr-word").generate(1, 1).parts().get(0);
    Files.createDirectories(folder.resolve("scans"));
    Files.write(folder.resolve("scans/1.png"), image.encoded());
    Path file = folder.resolve("mine.jsonl");
    Files.writeString(file, lines);
    return file;
  }

  @Test
  void theDocumentedFormIsRead() throws Exception {
    Path file =
        write(
            """
            {"id": "scan-17", "category": "ocr", "topic": "letters", "parts": [{"image": "scans/1.png"}, {"text": "Dear Sir"}], "regions": [{"part": 0, "box": [2, 3, 20, 21.5], "label": "Dear"}], "answer": "Dear Sir", "attributes": {"dpi": "300"}}

            {"category": "instruction", "parts": [{"role": "user", "text": "Hi"}, {"role": "assistant", "text": "Hello"}]}
            """);
    List<Sample> samples = new ArrayList<>();
    JsonLines.read(file, samples::add);
    assertThat(JsonLines.count(file)).isEqualTo(2);
    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).category()).isEqualTo(Category.OCR);
    assertThat(samples.get(0).regions()).containsExactly(new Region(0, 2, 3, 20, 21.5, "Dear"));
    assertThat(samples.get(0).answer()).contains("Dear Sir");
    assertThat(samples.get(0).attributes()).containsEntry("dpi", "300");
    assertThat(samples.get(1).id()).isEqualTo("mine.jsonl:3");
    assertThat(samples.get(1).parts().get(1)).isEqualTo(new Part.Text(Role.ASSISTANT, "Hello"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"category\": \"ocr\"|is no JSON",
        "{\"category\": \"poem\", \"parts\": [{\"text\": \"x\"}]}|category cannot be \"poem\"",
        "{\"category\": \"ocr\", \"parts\": []}|parts is missing or empty",
        "{\"category\": \"ocr\", \"part\": []}|there is no field \"part\"",
        "{\"category\": \"ocr\", \"parts\": [{\"image\": \"../secret.png\"}]}|lies outside the folder",
        "{\"category\": \"ocr\", \"parts\": [{\"image\": \"scans/2.png\"}]}|cannot be read: scans/2.png",
        "{\"category\": \"ocr\", \"parts\": [{\"image\": \"mine.jsonl\"}]}|mine.jsonl",
        "{\"category\": \"ocr\", \"parts\": [{\"text\": \"x\", \"role\": \"narrator\"}]}|parts[0].role cannot be \"narrator\"",
        "{\"category\": \"ocr\", \"parts\": [{\"image\": \"scans/1.png\"}], \"regions\": [{\"part\": 0, \"box\": [0, 0, 9999, 5]}]}|regions[0].box does not lie on the image"
      })
  void mistakesAreNamedWithFileAndLine(String line, String expected) throws Exception {
    Path file = write("\n" + line + "\n");
    assertThatThrownBy(() -> JsonLines.read(file, sample -> {}))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining(file + ", line 2: ")
        .hasMessageContaining(expected);
  }
}
