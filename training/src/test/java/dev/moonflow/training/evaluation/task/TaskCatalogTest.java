package dev.moonflow.training.evaluation.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.training.evaluation.Evaluation;
import dev.moonflow.training.evaluation.EvaluationException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TaskCatalogTest {
  private static final String TASK =
      """
      - name: mine
        title: Mine
        area: academic
        metric: anls
        loader: docvqa
        prompt: {open: "{question}"}
      """;

  @Test
  void everyAreaHasABenchmarkAndASyntheticSet() {
    for (boolean synthetic : new boolean[] {true, false}) {
      Set<Area> areas =
          TaskCatalog.builtIn().all().stream()
              .filter(t -> t.isSynthetic() == synthetic)
              .map(TaskDefinition::area)
              .collect(Collectors.toSet());
      assertThat(areas).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Area.class));
    }
  }

  @Test
  void everyTaskHasItsLoaderAndItsPublishedFigures() {
    PublishedFigures published = PublishedFigures.read();
    for (TaskDefinition task : TaskCatalog.builtIn().all()) {
      Evaluation.requireLoader(task);
      if (!task.published().isEmpty()) {
        assertThat(published.of(task.published())).as(task.name()).isNotEmpty();
        assertThat(published.seed(task.published())).as(task.name()).isNotEmpty();
      }
    }
  }

  @Test
  void publishedFiguresAreThoseOfTheReport() {
    PublishedFigures published = PublishedFigures.read();
    assertThat(published.seed("MMMU val")).isEqualTo("57.0");
    assertThat(published.seed("OCRBench")).isEqualTo("867");
    assertThat(published.seed("Needle in a haystack, video")).isEqualTo("100 / 91.7");
    assertThat(published.of("MMBench-EN-v1.1"))
        .contains(
            new PublishedFigures.Figure("Table 3", "DeepSeek-VL2", "79.6"),
            new PublishedFigures.Figure("Table 5", "Kimi-VL-A3B-Thinking", "76.0"));
    assertThat(published.tables())
        .allSatisfy(
            table ->
                assertThat(table.rows().values())
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(table.columns())));
    List<String> inAreas = published.areas().values().stream().flatMap(List::stream).toList();
    assertThat(inAreas)
        .containsExactlyInAnyOrderElementsOf(published.tables().get(0).rows().keySet());
  }

  @Test
  void aPromptLeavesOutLinesWithNothingToFill() {
    PromptTemplate prompt =
        new PromptTemplate("{hint}\n{question}", "{question}\n{options}\nPick.");
    assertThat(prompt.fill("Why?", List.of(), "")).isEqualTo("Why?");
    assertThat(prompt.fill("Why?", List.of(), "$1 {question}")).isEqualTo("$1 {question}\nWhy?");
    assertThat(prompt.fill("Which?", List.of("x", "y"), "")).isEqualTo("Which?\nA. x\nB. y\nPick.");
    assertThat(prompt.fill("Which?", List.of("", ""), "")).isEqualTo("Which?\nPick.");
  }

  @Test
  void mistakesAreNamedWithFileAndField() {
    assertThat(TaskCatalog.parse(TASK, "mine.yaml")).hasSize(1);
    assertComplaint(TASK.replace("anls", "bleu"), "mine.yaml: task mine: there is no metric bleu");
    assertComplaint(
        TASK.replace("title:", "titel: x\n  title:"),
        "mine.yaml, line",
        "there is no key \"titel\" (at entry 1.titel)");
    assertComplaint(TASK.replace("academic", "sport"), "mine.yaml, line 3", "sport", "area");
    assertComplaint(TASK.replace("name: mine", "name: My Task"), "My Task");
    assertComplaint(TASK.replace("  loader: docvqa\n", ""), "mine.yaml", "loader");
    assertComplaint(TASK + "  media: {dpi: 5}\n", "dpi must be from 36 to 600: 5");
  }

  private static void assertComplaint(String yaml, String... parts) {
    assertThatExceptionOfType(EvaluationException.class)
        .isThrownBy(() -> TaskCatalog.parse(yaml, "mine.yaml"))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
  }
}
