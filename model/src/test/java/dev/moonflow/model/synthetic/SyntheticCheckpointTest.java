package dev.moonflow.model.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TensorCatalog;
import dev.moonflow.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticCheckpointTest {

  @TempDir Path dir;

  @Test
  void theCatalogNamesExactlyTheTensorsOfTheGoldenCheckpoint() {
    try (Checkpoint golden = Checkpoint.open(GoldenFolder.path("checkpoint"))) {
      List<TensorCatalog.Entry> catalog = TensorCatalog.of(golden.config());
      assertThat(catalog.stream().map(TensorCatalog.Entry::name))
          .containsExactlyInAnyOrderElementsOf(golden.names());
      for (TensorCatalog.Entry entry : catalog) {
        assertThat(golden.floats(entry.name(), entry.shape())).hasSize((int) entry.elements());
      }
    }
  }

  @Test
  void theBytesAreAFunctionOfTheSpecification() throws IOException {
    SyntheticCheckpoint.write(dir.resolve("a"), SyntheticSpec.small(1));
    SyntheticCheckpoint.write(dir.resolve("b"), SyntheticSpec.small(1));
    SyntheticCheckpoint.write(dir.resolve("c"), SyntheticSpec.small(2));
    try (var files = Files.list(dir.resolve("a"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(6);
      for (Path file : all) {
        assertThat(dir.resolve("b").resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(Files.mismatch(weights("a"), weights("c"))).isNotNegative();
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    SyntheticSpec small = SyntheticSpec.small(3);
    for (DType dtype : List.of(DType.F32, DType.BF16)) {
      Path folder = dir.resolve(dtype.name());
      KimiVlConfig written =
          SyntheticCheckpoint.write(
              folder, new SyntheticSpec(small.vision(), small.text(), 100, dtype, 256, 3));
      try (Checkpoint checkpoint = Checkpoint.open(folder)) {
        assertThat(checkpoint.config()).isEqualTo(written);
        assertThat(checkpoint.isBf16("language_model.lm_head.weight"))
            .isEqualTo(dtype == DType.BF16);
        for (TensorCatalog.Entry entry : TensorCatalog.of(written)) {
          assertThat(checkpoint.floats(entry.name(), entry.shape())).isNotEmpty();
        }
      }
      Tokenizer tokenizer = Tokenizer.load(folder);
      assertThat(tokenizer.vocabSize()).isEqualTo(256 + 100 + 256);
      assertThat(tokenizer.requiredSpecial("<|media_pad|>")).isEqualTo(written.mediaTokenId());
      String text = "The total of the invoice is 324.87 \u20ac.";
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
      assertThat(tokenizer.encode(text).length).isLessThan(text.length());
    }
  }

  @Test
  void weightsHaveTheSizeAskedFor() {
    float[] values = RandomTensor.values(4, "x", 100_000, 2f, 0.5f);
    double mean = 0;
    double square = 0;
    for (float value : values) {
      mean += value / values.length;
      square += (value - 2) * (value - 2) / values.length;
    }
    assertThat(mean).isBetween(1.99, 2.01);
    assertThat(Math.sqrt(square)).isBetween(0.495, 0.505);
  }

  private Path weights(String folder) {
    return dir.resolve(folder).resolve("model.safetensors");
  }
}
