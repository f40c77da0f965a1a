package dev.moonflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Every record reads the data of every version that was ever committed. To change a record: change
 * its file in {@code src/main/avro}, add the next version to {@code src/main/avro-history} with the
 * text that this test prints, and never touch an earlier one.
 */
class SchemaCompatibilityTest {

  @ParameterizedTest
  @EnumSource(value = Topics.class, mode = Mode.EXCLUDE, names = "DEAD_LETTERS")
  void theNewestCommittedVersionIsTodaysSchema(Topics topic) throws Exception {
    Schema today = topic.schema();
    List<Schema> versions = SchemaHistory.versions(today);
    int next = versions.size() + 1;
    Schema newest = versions.isEmpty() ? null : versions.get(versions.size() - 1);
    assertThat(newest == null ? "no version yet" : newest.toString(true))
        .as("commit today's schema as %s/v%d.avsc", SchemaHistory.folder(today), next)
        .isEqualTo(today.toString(true));
    assertThat(SchemaHistory.files(today)).as("versions without a gap").isEqualTo(versions.size());
  }

  @ParameterizedTest
  @EnumSource(value = Topics.class, mode = Mode.EXCLUDE, names = "DEAD_LETTERS")
  void todaysSchemaReadsEveryCommittedVersion(Topics topic) throws Exception {
    List<Schema> versions = SchemaHistory.versions(topic.schema());
    assertThat(versions).isNotEmpty();
    for (int i = 0; i < versions.size(); i++) {
      var result =
          SchemaCompatibility.checkReaderWriterCompatibility(topic.schema(), versions.get(i))
              .getResult();
      assertThat(result.getIncompatibilities())
          .as("%s against its version %d", topic.schema().getName(), i + 1)
          .isEmpty();
      assertThat(result.getCompatibility()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }
  }
}
