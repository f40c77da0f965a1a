package dev.moonflow.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of training point one way. */
class TrainingArchitectureTest {
  private static final String ROOT = "dev.moonflow.training.";

  /** Each package and those that it may use. */
  private static final Map<String, List<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("torch", List.of()),
              Map.entry("sample", List.of()),
              Map.entry("network", List.of("torch")),
              Map.entry("optimizer", List.of("torch", "network")),
              Map.entry("distributed", List.of("torch", "network", "optimizer")),
              Map.entry("batch", List.of("sample", "network")),
              Map.entry("data", List.of("sample")),
              Map.entry("rollout", List.of("sample", "batch")),
              Map.entry("trainer", List.of("torch", "network", "optimizer", "batch")),
              Map.entry(
                  "stage",
                  List.of(
                      "torch",
                      "network",
                      "optimizer",
                      "distributed",
                      "sample",
                      "batch",
                      "rollout",
                      "trainer")),
              Map.entry("experiment", List.of("torch", "network", "optimizer", "distributed")),
              Map.entry("evaluation", List.of("sample", "data"))));

  private static JavaClasses product;

  @BeforeAll
  static void readTheModule() {
    product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.moonflow");
  }

  private static void knowsNothingOf(String room, String... others) {
    noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(product);
  }

  @Test
  void everyPackageUsesOnlyThoseBelowIt() {
    MAY_USE.forEach(
        (room, allowed) -> {
          assertThat(product.containPackage(ROOT + room)).as(room).isTrue();
          String[] others =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(room) && !allowed.contains(other))
                  .map(other -> ROOT + other + "..")
                  .toArray(String[]::new);
          knowsNothingOf(ROOT + room + "..", others);
          knowsNothingOf(ROOT + room + "..", ROOT + "cli..");
        });
  }

  @Test
  void theProductKnowsNothingOfTraining() {
    for (String room : List.of("schemas", "kernels", "model", "connectors")) {
      knowsNothingOf("dev.moonflow." + room + "..", ROOT + ".");
    }
  }

  @Test
  void dataAndEvaluationSeeNoTensor() {
    for (String room : List.of("sample", "data", "batch", "rollout", "evaluation", "cli")) {
      knowsNothingOf(ROOT + room + "..", "org.bytedeco.pytorch..");
    }
  }

  @Test
  void onlyDataJobsSeeFlink() {
    for (String room : MAY_USE.keySet()) {
      if (!room.equals("data")) {
        knowsNothingOf(ROOT + room + "..", "org.apache.flink..");
      }
    }
    for (String part :
        List.of("text", "subject", "render", "print", "generate", "augment", "filter")) {
      knowsNothingOf(ROOT + "data." + part + "..", "org.apache.flink..");
    }
  }
}
