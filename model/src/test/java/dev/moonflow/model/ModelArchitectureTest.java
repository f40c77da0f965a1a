package dev.moonflow.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packages of the model form the picture in its package documentation. */
class ModelArchitectureTest {

  private static final List<String> PACKAGES =
      List.of(
          "checkpoint",
          "convert",
          "tokenizer",
          "chat",
          "image",
          "layout",
          "vision",
          "language",
          "constraint",
          "engine",
          "ask",
          "synthetic",
          "conformance");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.moonflow.model");

  @ParameterizedTest
  @CsvSource({
    "checkpoint, ''",
    "convert, checkpoint",
    "image, ''",
    "layout, ''",
    "tokenizer, checkpoint",
    "chat, tokenizer checkpoint",
    "constraint, tokenizer",
    "language, checkpoint",
    "vision, checkpoint image",
    "synthetic, checkpoint convert tokenizer",
    "engine, checkpoint tokenizer chat constraint image vision language",
  })
  void aPackageUsesOnlyThoseBelowIt(String name, String below) {
    String[] others =
        PACKAGES.stream()
            .filter(p -> !p.equals(name) && !Arrays.asList(below.split(" ")).contains(p))
            .map(p -> "dev.moonflow.model." + p + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.moonflow.model." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(KimiVl.class)
        .check(PRODUCT);
  }
}
