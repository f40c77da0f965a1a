package dev.moonflow.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms of this project point one way. */
class ArchitectureTest {
  private static final String SCHEMAS = "dev.moonflow.schemas..";
  private static final String KERNELS = "dev.moonflow.kernels..";
  private static final String MODEL = "dev.moonflow.model..";
  private static final String CONNECTORS = "dev.moonflow.connectors..";
  private static final String JOBS = "dev.moonflow.jobs..";
  private static final String SETTINGS = "dev.moonflow.jobs.settings..";
  private static final String INGEST = "dev.moonflow.jobs.ingest..";
  private static final String ENRICH = "dev.moonflow.jobs.enrich..";
  private static final String SEEN = "dev.moonflow.jobs.seen..";
  private static final String VIDEO = "dev.moonflow.jobs.video..";
  private static final String PERCEIVE = "dev.moonflow.jobs.perceive..";
  private static final String DOCUMENTS = "dev.moonflow.jobs.documents..";
  private static final String RESULTS = "dev.moonflow.jobs.results..";
  private static final String GRAPH = "dev.moonflow.jobs.graph..";
  private static final String SQL = "dev.moonflow.jobs.sql..";
  private static final String STREAM = "dev.moonflow.jobs.stream..";
  private static final String COMMANDS = "dev.moonflow.jobs.cli..";
  private static final String DEMO = "dev.moonflow.jobs.demo..";
  private static final String CHAOS = "dev.moonflow.jobs.chaos..";
  private static final String FUZZ = "dev.moonflow.jobs.fuzz..";
  private static final String FLINK = "org.apache.flink..";
  private static final String KAFKA = "org.apache.kafka..";

  private static JavaClasses product;

  @BeforeAll
  static void readEveryModule() {
    product =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.moonflow");
  }

  private static void knowsNothingOf(String room, String... others) {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage(room)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(others);
    rule.check(product);
  }

  @Test
  void schemasKnowAvroAlone() {
    knowsNothingOf(SCHEMAS, KERNELS, MODEL, CONNECTORS, JOBS, FLINK, KAFKA);
  }

  @Test
  void kernelsAreAPlainLibrary() {
    knowsNothingOf(KERNELS, SCHEMAS, MODEL, CONNECTORS, JOBS, FLINK, KAFKA);
  }

  @Test
  void theModelStandsOnKernelsAlone() {
    knowsNothingOf(MODEL, SCHEMAS, CONNECTORS, JOBS, FLINK, KAFKA);
  }

  @Test
  void connectorsKnowNeitherModelNorKernels() {
    knowsNothingOf(CONNECTORS, KERNELS, MODEL, JOBS);
  }

  @Test
  void withinJobsTheArrowsFollowTheStream() {
    knowsNothingOf(
        SETTINGS, INGEST, SEEN, VIDEO, PERCEIVE, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS,
        MODEL);
    knowsNothingOf(
        INGEST, SEEN, VIDEO, ENRICH, PERCEIVE, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(VIDEO, SEEN, PERCEIVE, ENRICH, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(SEEN, PERCEIVE, ENRICH, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(PERCEIVE, SEEN, VIDEO, ENRICH, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(RESULTS, ENRICH, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(ENRICH, SEEN, DOCUMENTS, GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(GRAPH, COMMANDS, DEMO, CHAOS);
    knowsNothingOf(FUZZ, SEEN, VIDEO, PERCEIVE, DOCUMENTS, RESULTS, GRAPH, COMMANDS, DEMO, CHAOS);
    for (String room : new String[] {SETTINGS, INGEST, ENRICH, PERCEIVE, RESULTS, GRAPH, DEMO}) {
      knowsNothingOf(room, FUZZ);
    }
  }

  @Test
  void waysInForOtherProgramsStandOnTheSameParts() {
    knowsNothingOf(GRAPH, SQL, STREAM);
    knowsNothingOf(
        SQL, SEEN, VIDEO, ENRICH, DOCUMENTS, RESULTS, STREAM, COMMANDS, DEMO, CHAOS, KAFKA);
    knowsNothingOf(
        STREAM, SEEN, VIDEO, ENRICH, DOCUMENTS, RESULTS, SQL, COMMANDS, DEMO, CHAOS, KAFKA);
  }

  @Test
  void onlySqlTouchesTheTableApiWhichOtherClustersMayLack() {
    noClasses()
        .that()
        .resideOutsideOfPackage(SQL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink.table..")
        .check(product);
  }

  @Test
  void onlyKernelsTouchAparapi() {
    noClasses()
        .that()
        .resideOutsideOfPackage(KERNELS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.aparapi..")
        .check(product);
  }
}
