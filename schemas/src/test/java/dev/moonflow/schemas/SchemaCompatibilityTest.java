package dev.moonflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record reads the data of every version that was ever committed. To change a record: change
 * its file in {@code src/main/avro}, add the next version to {@code src/main/avro-history} with the
 * text that this test prints, and never touch an earlier one.
 */
class SchemaCompatibilityTest {

  static Stream<Schema> schemas() {
    return Stream.concat(
        Topics.avro().stream().map(Topics::schema), Stream.of(TrainingSample.getClassSchema()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void theNewestCommittedVersionIsTodaysSchema(Schema today) throws Exception {
    List<Schema> versions = SchemaHistory.versions(today);
    int next = versions.size() + 1;
    Schema newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
    assertThat(newest == null ? "no version yet" : newest.toString(true))
        .as("commit today's schema as %s/v%d.avsc", SchemaHistory.folder(today), next)
        .isEqualTo(today.toString(true));
    assertThat(SchemaHistory.files(today)).as("versions without a gap").isEqualTo(versions.size());
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void todaysSchemaReadsEveryCommittedVersion(Schema today) throws Exception {
    List<Schema> versions = SchemaHistory.versions(today);
    assertThat(versions).isNotEmpty();
    for (int i = 0; i < versions.size(); i++) {
      var result =
          SchemaCompatibility.checkReaderWriterCompatibility(today, versions.get(i)).getResult();
      assertThat(result.getIncompatibilities())
          .as("%s against its version %d", today.getName(), i + 1)
          .isEmpty();
      assertThat(result.getCompatibility()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }
}
