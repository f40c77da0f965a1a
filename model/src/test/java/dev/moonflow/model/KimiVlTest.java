package dev.moonflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KimiVlTest {

  @TempDir Path dir;

  @Test
  void aSyntheticCheckpointAnswersAQuestionAboutAnImage() throws Exception {
    SyntheticCheckpoint.write(dir, SyntheticSpec.small(1));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      KimiVl model = KimiVl.load(dir, kernels);
      assertThat(model.fingerprint()).hasSize(64);
      RgbImage image = new RgbImage(120, 90, new byte[120 * 90 * 3]);
      Message message =
          new Message(
              "user", List.of(new ContentPart.Image(image), new ContentPart.Text("What is this?")));
      SamplingParameters sampling = new SamplingParameters(1f, 1f, 4, true);
      try (Engine engine = model.newEngine(EngineLimits.defaults())) {
        engine.submit(
            engine.prepare(new GenerationRequest("q", List.of(message), sampling, 24, new int[0])));
        Progress progress;
        do {
          engine.step();
          progress = engine.progress("q").orElseThrow();
        } while (!progress.finished());
        assertThat(progress.error()).isNull();
        assertThat(progress.tokens()).hasSize(24);
        assertThat(Arrays.stream(progress.tokens()).distinct().count()).isGreaterThan(12);
        assertThat(model.answer(progress.tokens()).text())
            .isEqualTo(model.tokenizer().visibleText(progress.tokens()));
      }
    }
  }

  @Test
  void aFolderThatLacksAFileIsRefusedByName() throws IOException {
    SyntheticCheckpoint.write(dir, SyntheticSpec.small(1));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      for (String file :
          List.of(
              "config.json",
              "model.safetensors",
              "preprocessor_config.json",
              "tiktoken.model",
              "tokenizer_config.json")) {
        Path aside = Files.move(dir.resolve(file), dir.resolve("aside"));
        assertThatThrownBy(() -> KimiVl.load(dir, kernels))
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining(file);
        Files.move(aside, dir.resolve(file));
      }
    }
  }
}
