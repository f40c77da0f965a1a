package dev.moonflow.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir Path folder;

  @Test
  void pagesAreReadLineByLineWithTheSameWorkEveryTime() throws Exception {
    BenchPages pages = BenchPages.drawn(folder, 2, 7);
    assertThat(pages.what()).contains("2 drawn pages", "33 lines", "seed 7");
    Path checkpoint = folder.resolve("model");
    SyntheticCheckpoint.write(checkpoint, SyntheticSpec.small(1));
    try (Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      KimiVl model = KimiVl.load(checkpoint, kernels);
      BareReader reader = new BareReader(model, Settings.of(Map.of()), 3);
      BareReader.Work read = reader.read(pages.bytes());
      BareReader.Staged staged = reader.stages(pages.bytes());
      assertThat(read.lines()).isEqualTo(66);
      assertThat(read.decode()).isEqualTo(3 * 66);
      assertThat(staged.work().lines()).isEqualTo(66);
      assertThat(staged.work().patches()).isEqualTo(read.patches());
      assertThat(staged.costs().keySet())
          .containsExactly(
              "decode the file",
              "layout",
              "cut lines",
              "prepare",
              "vision",
              "prefill",
              "decode",
              "schedule and sample");
    }
  }

  @Test
  void operationsAreCountedFromTheShape() {
    SyntheticSpec spec = SyntheticSpec.moonlet(1);
    KimiVlConfig config = new KimiVlConfig(spec.vision(), spec.text().withVocabSize(1_000), 5);
    ModelWork work = new ModelWork(config);
    // By hand: 588 in, four blocks of 4 D D + 2 D 384 + 2 L D, and 512 512 + 512 192 for four.
    double patch = 588 * 128 + 4 * (4 * 128 * 128 + 2 * 128 * 384 + 2 * 8 * 128);
    assertThat(work.image(2, 4)).isEqualTo(2 * (8 * patch + 2 * (512 * 512 + 512 * 192)));
    assertThat(work.head()).isEqualTo(2 * 192 * 1_000);
    assertThat(work.token(11) - work.token(10)).isEqualTo(2 * 4 * 6 * (80 + 64));
  }

  @Test
  void quantilesLieBetweenTheValues() {
    assertThat(Cost.quantile(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2.5);
    assertThat(Cost.quantile(new double[] {4, 1, 3}, 1)).isEqualTo(4);
    assertThat(Cost.quantile(new double[0], 0.5)).isNaN();
  }

  @Test
  void aReportSaysTheSameInThreeForms() throws Exception {
    BenchReport report = new BenchReport("test").fact("pages", "two");
    report.add(new Measures("A table", "what", "n")).row("a, b", 12.345).row("c", Double.NaN);
    assertThat(report.markdown()).contains("- pages: two", "| a, b | 12.3 |", "| c | n/a |");
    assertThat(report.csv()).contains("table,what,n\nA table,\"a, b\",12.345\n");
    assertThat(report.json()).contains("\"n\" : 12.345", "\"n\" : null");
    report.write(folder.resolve("out"));
    assertThat(folder.resolve("out/test.md")).exists();
    assertThatThrownBy(() -> new Measures("A", "x").row(1, 2)).hasMessageContaining("1 columns");
  }

  @Test
  void aRivalGetsEveryPageAndItsEnvironment() throws Exception {
    Rival rival = Rival.of("A_B=1 C=2 tesseract {page} - --psm 3", 2);
    assertThat(rival.words()).containsExactly("tesseract", "{page}", "-", "--psm", "3");
    assertThat(rival.environment()).containsEntry("A_B", "1").containsEntry("C", "2");
    assertThatThrownBy(() -> Rival.of("tesseract page.png", 1)).hasMessageContaining("{page}");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path page = Files.createDirectory(folder.resolve("classes"));
    Cost cost =
        new Rival(List.of(java, "-cp", "{page}", "-version"), Map.of(), 2)
            .read(List.of(page, page));
    assertThat(cost.wallSeconds()).isPositive();
    Rival broken = new Rival(List.of(java, "-no-such-option", "{page}"), Map.of(), 1);
    assertThatThrownBy(() -> broken.read(List.of(page))).hasMessageContaining("ended with code");
  }
}
