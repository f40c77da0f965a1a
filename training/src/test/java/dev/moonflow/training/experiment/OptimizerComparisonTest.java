package dev.moonflow.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.network.PackedBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizerComparisonTest {
  @TempDir Path dir;

  @Test
  void theLanguageIsAFunctionOfSeedAndIndexAndUsesItsWords() {
    MadeUpLanguage language = new MadeUpLanguage(5);
    assertThat(language.document(7, 40)).isEqualTo(new MadeUpLanguage(5).document(7, 40));
    assertThat(language.document(8, 40)).isNotEqualTo(language.document(7, 40));
    assertThat(new MadeUpLanguage(6).document(7, 40)).isNotEqualTo(language.document(7, 40));
    PackedBatch batch = language.batch(0, 200, 64);
    assertThat(batch.weight()).isEqualTo(200 * 63);
    assertThat(IntStream.of(batch.tokens()).distinct().count()).isGreaterThan(450);
    assertThat(IntStream.of(batch.tokens()).max().orElseThrow()).isLessThan(MadeUpLanguage.WORDS);
  }

  @Test
  void aSmallComparisonLowersTheLossAndWritesItsReport() throws IOException {
    ComparisonPlan plan = new ComparisonPlan(10, 4, 16, List.of(0.01, 0.02, 0.04), 5, 3);
    List<String> told = new ArrayList<>();
    ComparisonOutcome outcome = OptimizerComparison.run(plan, told::add);
    assertThat(told).hasSize(outcome.curves().size());
    for (LossCurve curve : List.of(outcome.adamw().get(0), outcome.muon().get(0))) {
      assertThat(curve.last()).isLessThan(curve.losses().get(0));
    }
    ComparisonReport.write(outcome, dir);
    assertThat(Files.size(dir.resolve("muon-and-adamw-curves.png"))).isGreaterThan(5000);
    assertThat(Files.readString(dir.resolve("muon-and-adamw.md"))).contains("| 0.02 |");
    List<LossCurve> read = CurveTable.read(ComparisonReport.table(dir));
    ComparisonOutcome again = ComparisonOutcome.of(plan, read);
    assertThat(again.share()).isEqualTo(outcome.share());
    assertThat(again.adamw()).hasSize(3);
    assertThat(again.adamw().get(2).losses()).isEqualTo(outcome.adamw().get(2).losses());
  }

  @Test
  void theShareIsThatOfTheShortestRunThatReachesTheLoss() {
    ComparisonPlan plan = new ComparisonPlan(100, 1, 2, List.of(1.0, 2.0, 3.0), 10, 1);
    LossCurve adamw = new LossCurve("AdamW", 1, 100, List.of(0, 100), List.of(5.0, 3.0), 1);
    LossCurve full = new LossCurve("Muon", 1, 100, List.of(0, 80, 100), List.of(5.0, 2.9, 2.5), 1);
    LossCurve fifty = new LossCurve("Muon", 1, 50, List.of(0, 50), List.of(5.0, 3.1), 1);
    LossCurve sixty = new LossCurve("Muon", 1, 60, List.of(0, 60), List.of(5.0, 3.0), 1);
    ComparisonOutcome outcome = ComparisonOutcome.of(plan, List.of(adamw, full, fifty, sixty));
    assertThat(outcome.share()).isEqualTo(0.6);
    assertThat(outcome.crossing()).isEqualTo(0.8);
    assertThat(ComparisonOutcome.of(plan, List.of(adamw, full, fifty)).share()).isEqualTo(1);
  }

  @Test
  void aTableThatIsNoneIsNamedByLine() throws IOException {
    Path file = dir.resolve("x.csv");
    Files.writeString(file, "optimizer,rate,run_steps,step,loss,run_seconds\nMuon,1,2,x,3,4\n");
    assertThatThrownBy(() -> CurveTable.read(file))
        .hasMessage(file + ", line 2: not a line of loss curves");
  }
}
